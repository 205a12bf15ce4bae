import * as z from 'zod';

import { environmentName, namespaceName, teamName } from '../names.js';
import { isInsideRepository } from '../paths.js';
import { owners } from './owners.js';
import { repositoryUrl } from './repository-url.js';

const repositoryFolder = z
  .string()
  .refine(isInsideRepository, { error: 'expected a folder of the git repository (for example platform/streaming)' })
  .meta({ examples: ['platform/streaming'] });

const branchName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/, { error: 'expected a branch name (for example main)' })
  .refine((name) => !name.includes('..') && !name.endsWith('/') && !name.endsWith('.lock'), { error: 'git does not allow this branch name' })
  .meta({ examples: ['main'] });

/** A team: where its jobs run, and who approves for it. */
export const teamSchema = z.strictObject({
  namespace: namespaceName.meta({ description: 'Where the jobs of the team run, in every environment that does not say otherwise', examples: ['flink'] }),
  owners: owners.default([]).meta({
    description:
      "Who approves changes to the team's pipelines; millrace sync writes CODEOWNERS. A forge reads one file, so it has a line for each pipeline: two branches that each add one conflict there, and millrace sync solves that",
  }),
});

const exceptionSchema = z
  .strictObject({
    kind: z
      .string()
      .min(1)
      .meta({ description: 'The kind of the resource', examples: ['FlinkDeployment'] }),
    name: z
      .string()
      .min(1)
      .meta({ description: 'The name of the resource', examples: ['order-processor'] }),
    namespace: z.string().min(1).optional().meta({ description: 'Its namespace; any where none is given' }),
    environment: environmentName.optional().meta({ description: 'Only in this environment' }),
    reason: z.string().min(1).meta({ description: 'Why the rule does not hold here; the check shows it' }),
  })
  .meta({ description: 'A resource that a rule is switched off for' });

/** What millrace.yaml says of the check's rules, by rule. */
export const rulesSchema = z
  .record(
    z.string().regex(/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'expected the id of a rule (for example flink/high-availability)' }),
    z.strictObject({
      severity: z.enum(['error', 'warning', 'off']).optional().meta({ description: 'How much a finding of the rule weighs here' }),
      exceptions: z.array(exceptionSchema).default([]).meta({ description: 'Resources that the rule does not hold for' }),
    }),
  )
  .default({})
  .meta({ description: 'How the check weighs its rules, where it is not as documented' });
export type RuleSettings = z.output<typeof rulesSchema>;

/** millrace.yaml: what holds for the whole repository. */
export const millraceSchema = z
  .strictObject({
    repository: z
      .strictObject({
        url: repositoryUrl.meta({ description: 'What Argo CD clones' }),
        path: repositoryFolder.optional().meta({ description: 'The folder of the git repository that this is, where it is not its root' }),
        branch: branchName.default('main').meta({ description: 'The branch that Argo CD follows' }),
      })
      .meta({ description: 'This repository, as Argo CD sees it' }),
    argocd: z
      .strictObject({
        namespace: namespaceName.default('argocd').meta({ description: 'Where Argo CD runs, and its Applications are' }),
        hub: environmentName.optional().meta({
          description:
            'One Argo CD for all environments: the environment whose folder has its settings, and in whose cluster it runs. Left out: one in each cluster',
        }),
      })
      .prefault({})
      .meta({ description: 'The Argo CD that syncs an environment' }),
    owners: owners.default([]).meta({ description: 'Who approves changes to the platform: environments, operators, this file' }),
    teams: z.record(teamName, teamSchema).default({}).meta({
      description:
        'The teams that own pipelines. millrace team adds one with its session clusters; one that is written here has none in an environment of mode session until millrace session adds it',
    }),
    rules: rulesSchema,
  })
  .meta({ title: 'millrace.yaml', description: 'What holds for the whole repository' });

export type Millrace = z.output<typeof millraceSchema>;
export { branchName, environmentName, repositoryFolder };
