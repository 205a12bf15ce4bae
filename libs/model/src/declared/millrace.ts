import * as z from 'zod';

import { environmentName, namespaceName, teamName } from '../names.js';
import { isInsideRepository } from '../paths.js';

/** Where Argo CD reads this repository: https or ssh, never with a password in it. */
const repositoryUrl = z
  .string()
  .regex(/^(?:https?:\/\/[^\s@]+|ssh:\/\/\S+|[a-z][-a-z0-9_]*@[^\s:]+:\S+)$/, {
    error: 'expected a git URL without a password (for example https://git.acme.example/platform/streaming.git)',
  })
  .meta({ examples: ['https://git.acme.example/platform/streaming.git'] });

const repositoryFolder = z
  .string()
  .refine(isInsideRepository, { error: 'expected a folder of the git repository (for example platform/streaming)' })
  .meta({ examples: ['platform/streaming'] });

const branchName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/, { error: 'expected a branch name (for example main)' })
  .refine((name) => !name.includes('..') && !name.endsWith('/') && !name.endsWith('.lock'), { error: 'git does not allow this branch name' })
  .meta({ examples: ['main'] });

export const teamSchema = z.strictObject({
  namespace: namespaceName.meta({ description: 'Where the jobs of the team run, in every environment that does not say otherwise', examples: ['flink'] }),
});

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
      .strictObject({ namespace: namespaceName.default('argocd') })
      .default({ namespace: 'argocd' })
      .meta({ description: 'The Argo CD that syncs an environment; one in each cluster' }),
    teams: z.record(teamName, teamSchema).default({}).meta({ description: 'The teams that own pipelines' }),
  })
  .meta({ title: 'millrace.yaml', description: 'What holds for the whole repository' });

export type Millrace = z.output<typeof millraceSchema>;
export { branchName, environmentName, repositoryFolder, repositoryUrl };
