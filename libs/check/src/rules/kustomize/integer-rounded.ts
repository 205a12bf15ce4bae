import type { Value } from '@millrace/kustomize';

import { fieldAt, isList, isMap, scalarText, type FieldPath } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { layersOf } from '../../sources/kustomization.js';
import { buildOf, renderedOf } from './build.js';

export const integerRounded: KustomizationRule = {
  id: 'kustomize/integer-rounded',
  severity: 'error',
  title: 'Large integers come through the build as they are written',
  source: 'Run with kustomize 5.8.1: a JSON6902 patch takes the whole resource through JSON, whose numbers keep 53 bits in Go',
  consequence: 'Another number than the one in Git is deployed; Kafka refuses one that is rounded up beyond its largest.',
  fix: 'Write the number as a string where the field takes one, or patch the resource by strategic merge, which leaves numbers alone.',
  reach: 'kustomization',
  *check(root) {
    const { rendered } = root;
    if (rendered === undefined) return;
    const build = buildOf(root);
    for (const layer of layersOf(root)) {
      for (const candidate of build.objects) {
        const { source } = candidate;
        if (source === undefined || !layer.resources.some(({ file, document }) => file === source.file && document === source.document)) continue;
        const results = renderedOf(candidate, build, rendered);
        for (const { path, value } of largeIntegers(source.body, [])) {
          const rounded = results.map(({ body }) => fieldAt(body, ...path)).find((result) => isRounded(value, result));
          if (rounded === undefined) continue;
          yield {
            file: source.file,
            document: source.document,
            path: [...source.path, ...path],
            message: `${path.join('.')} of ${candidate.kind} ${candidate.current.name} is ${value} in the file and ${scalarText(rounded) ?? ''} when it is built`,
          };
        }
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [topic.yaml]
patches:
  - target: {kind: KafkaTopic, name: orders}
    patch: '[{"op": "replace", "path": "/spec/partitions", "value": 6}]'
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3, config: {retention.ms: 604800000, max.message.bytes: "9223372036854775807"}}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [topic.yaml]
patches:
  - target: {kind: KafkaTopic, name: orders}
    patch: '[{"op": "replace", "path": "/spec/partitions", "value": 6}]'
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3, config: {retention.ms: 9223372036854775807}}
`,
  },
};

/** Integers that a floating-point number does not hold. */
function* largeIntegers(value: Value, path: FieldPath): Generator<{ path: FieldPath; value: bigint }> {
  if (typeof value === 'bigint') {
    if (BigInt(Number(value)) !== value) yield { path, value };
  } else if (isList(value)) for (const [index, item] of value.entries()) yield* largeIntegers(item, [...path, index]);
  else if (isMap(value)) for (const [field, item] of Object.entries(value)) yield* largeIntegers(item, [...path, field]);
}

/** Whether a result is the number that is left of a large one, and not one that a patch has set. */
function isRounded(value: bigint, result: Value | undefined): boolean {
  return (typeof result === 'bigint' || typeof result === 'number') && result !== value && Number(result) === Number(value);
}
