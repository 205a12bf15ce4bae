import { fieldAt, hasField } from '../../field.js';
import type { Offence, ReferenceRule } from '../../rule.js';
import { CLUSTERS, type FlinkSpec } from './flink-spec.js';
import { underDefaults } from './operator-defaults.js';

interface Component {
  readonly field: 'jobManager' | 'taskManager';
  readonly title: string;
  /** Whether the configuration alone sizes it, in one of the ways that Flink knows. */
  readonly isConfigured: (isSet: (key: string) => boolean) => boolean;
}

const components: readonly Component[] = [
  {
    field: 'jobManager',
    title: 'JobManager',
    isConfigured: (isSet) =>
      ['jobmanager.memory.process.size', 'jobmanager.memory.flink.size', 'jobmanager.memory.heap.size', 'jobmanager.heap.size', 'jobmanager.heap.mb'].some(
        isSet,
      ),
  },
  {
    field: 'taskManager',
    title: 'TaskManager',
    isConfigured: (isSet) =>
      ['taskmanager.memory.process.size', 'taskmanager.memory.flink.size', 'taskmanager.heap.size', 'taskmanager.heap.mb'].some(isSet) ||
      (isSet('taskmanager.memory.task.heap.size') && (isSet('taskmanager.memory.managed.size') || isSet('taskmanager.memory.size'))),
  },
];

export const memory: ReferenceRule = {
  id: 'flink/memory',
  severity: 'error',
  title: 'JobManager and TaskManager have memory',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateJmSpec, validateTmSpec)',
  consequence: 'The operator rejects the deployment: neither it nor Flink has a default for the size of a process.',
  fix: 'Set spec.jobManager.resource.memory and spec.taskManager.resource.memory, for example `resource: {memory: 2048m, cpu: 1}`.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) => underDefaults(subject, universe, withoutMemory),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  jobManager: {resource: {memory: 2048m, cpu: 1}}
  taskManager: {resource: {memory: 4096m, cpu: 2}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  jobManager: {replicas: 1}
`,
};

function* withoutMemory(flink: FlinkSpec): Generator<Offence> {
  for (const { field, title, isConfigured } of components) {
    if (hasMemory(flink, field) || isConfigured((key) => flink.settings.key(key) !== undefined)) continue;
    yield {
      path: [...flink.at, field, 'resource', 'memory'],
      message: `the ${title} has no memory: neither ${field}.resource.memory nor a size in flinkConfiguration`,
      fix: `Set spec.${field}.resource, for example \`${field}: {resource: {memory: 2048m, cpu: 1}}\`.`,
    };
  }
}

/** `resources` is the operator's coming field, of which requests or limits are enough (DefaultValidator.java after 1.15). */
function hasMemory({ spec }: FlinkSpec, field: Component['field']): boolean {
  if (['requests', 'limits'].some((section) => hasField(spec, field, 'resources', section, 'memory'))) return true;
  const text = fieldAt(spec, field, 'resource', 'memory');
  return hasField(spec, field, 'resource', 'memory') && !(typeof text === 'string' && text.trim() === '');
}
