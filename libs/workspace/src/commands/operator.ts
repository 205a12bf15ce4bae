import {
  artifactScheme,
  chartRepository,
  cpuText,
  environmentFolder,
  environmentName,
  memoryQuantity,
  MillraceError,
  misused,
  namespaceName,
  operatorNames,
  positiveInteger,
  repositoryUrl,
  type Problem,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand, flagOf } from '../command.js';
import type { FileEdit } from '../file-edit.js';
import { namedEnvironment } from './named.js';
import { leave } from './remove/leaving.js';
import { setterAt } from './set-edits.js';

/** Sets how an operator of an environment's cluster is kept. */
export const operator = defineCommand({
  name: 'operator',
  summary: 'Set how an operator is kept: by Millrace or by others, where, how many of it',
  examples: [
    'millrace operator flink --environment prod --replicas 2 --memory 1Gi --cpu 0.5',
    'millrace operator cert-manager --environment prod --managed false',
    'millrace operator strimzi --environment prod --chart oci://registry.acme.example/charts',
  ],
  options: z.strictObject({
    name: z.enum(operatorNames).meta({ description: `One of ${operatorNames.join(', ')}`, positional: 0, prompt: 'Which operator?' }),
    environment: environmentName.meta({ description: 'The environment that manages the operators of its cluster', prompt: 'In which environment?' }),
    managed: z
      .boolean()
      .optional()
      .meta({ description: 'false: the cluster has it already, somebody else keeps it; the Application that is here goes, and takes its operator along' }),
    namespace: namespaceName.optional().meta({ description: 'Its namespace, shared with nobody', examples: ['strimzi-operator'] }),
    replicas: positiveInteger(5).optional().meta({ description: 'How many; more than one elect a leader' }),
    memory: memoryQuantity.optional().meta({ description: 'Memory that it asks for and is limited to', examples: ['512Mi'] }),
    cpu: cpuText.optional().meta({ description: 'Cores that it asks for' }),
    chart: chartRepository.optional().meta({ description: "A mirror of the chart's repository" }),
    crds: repositoryUrl.optional().meta({
      description: 'A mirror of the git repository that the definitions come from',
      examples: ['https://git.acme.example/mirrors/strimzi-kafka-operator.git'],
    }),
    watch: z
      .enum(['namespaces', 'cluster'])
      .optional()
      .meta({ description: 'strimzi and flink: the namespaces of the environments in this cluster, or every namespace' }),
    webhook: z.boolean().optional().meta({ description: 'flink: whether wrong resources are refused when they are applied' }),
    artifactSchemes: z
      .array(artifactScheme)
      .optional()
      .meta({ description: 'flink: over what it fetches the jars of session jobs', examples: ['https'] }),
    privateHosts: z.boolean().optional().meta({ description: 'flink: whether it fetches jars from addresses inside the network too' }),
  }),
  plan: (workspace, options) => {
    const { name, environment, memory, cpu, artifactSchemes } = options;
    const declared = namedEnvironment(workspace, environment);
    const { file, value } = declared;
    if (value.cluster.operators === 'provided') {
      throw new MillraceError('refused', [
        {
          file,
          message: `${environment} manages no operators: its cluster has them`,
          remedy: `Name the environment that does, or write cluster.operators: managed in ${file}.`,
        },
      ]);
    }
    const foreign = (name === 'flink' ? [] : FLINK_ONLY).concat(name === 'flink' || name === 'strimzi' ? [] : ['watch']).filter((key) => key in options);
    if (foreign.length > 0) {
      throw misused(`${name} has no ${foreign.map(flagOf).join(', ')}`, `See: millrace operator --help`);
    }
    const resources = value.operators[name].resources;
    if (resources === undefined && (memory === undefined) !== (cpu === undefined)) {
      throw misused('--memory and --cpu belong together', `Say both: --memory ${memory ?? '512Mi'} --cpu ${cpu ?? '0.5'}`);
    }
    const set = setterAt('operators', name);
    const { managed, namespace } = value.operators[name];
    const moves = managed && options.namespace !== undefined && options.namespace !== namespace;
    const plugins = (artifactSchemes ?? []).filter((scheme) => scheme !== 'https' && scheme !== 'http');
    const handedOver = managed && options.managed === false;
    const notices: readonly Problem[] = [
      ...(handedOver
        ? [
            {
              file,
              message: `the Application of ${name} in ${environment} goes after you confirmed it in Argo CD, and takes the operator along; the definitions stay`,
              remedy: 'Let the new one be there first, or pause what must not miss it.',
            },
          ]
        : []),
      ...(moves
        ? [
            {
              message: `the projects of ${environment} allow ${namespace} until Argo CD has pruned there: it prunes nothing that a project does not allow`,
              remedy: `When nothing of ${name} is left there, take argocd.leaving.operators.${name} out of ${file}.`,
            },
          ]
        : []),
      ...(plugins.length > 0
        ? [
            {
              message: `the published image of the Flink operator fetches nothing over ${plugins.join(', ')}: it has no plugin for that`,
              remedy: `Name one that has it, as image.repository and image.tag in ${environmentFolder(environment)}/operators/flink/own-values.yaml.`,
            },
          ]
        : []),
    ];
    const edits: readonly FileEdit[] = [
      {
        kind: 'yaml',
        file,
        edits: [
          ...set(['managed'], options.managed),
          ...set(['namespace'], options.namespace),
          ...(moves ? [leave(declared, 'operators', name, namespace)] : []),
          ...set(['replicas'], options.replicas),
          ...set(['resources', 'memory'], memory),
          ...set(['resources', 'cpu'], cpu),
          ...set(['chart'], options.chart),
          ...set(['crds'], options.crds),
          ...set(['watch'], options.watch),
          ...set(['webhook'], options.webhook),
          ...set(['artifacts', 'schemes'], artifactSchemes),
          ...set(['artifacts', 'privateHosts'], options.privateHosts),
        ],
      },
    ];
    return { edits, notices };
  },
});

const FLINK_ONLY: readonly string[] = ['webhook', 'artifactSchemes', 'privateHosts'];
