import { listAt, textAt, textsAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { WITH_APPLICATION_SPEC, applicationSpec } from './application-spec.js';
import { applicationExample } from './application-example.js';

const WIDE = new Set(['', '/', '/spec', '/metadata', '/metadata/annotations', '.', '.spec', '.metadata', '.metadata.annotations']);

export const ignoredFields: ResourceRule = {
  id: 'argocd/ignored-fields',
  severity: 'warning',
  title: 'Differences are ignored in single fields, not in a whole spec',
  source: 'R56; Argo CD documentation, "Diff Customization"',
  consequence: 'Whatever is changed in the cluster stays unseen: the Application is Synced and the cluster is not what Git says.',
  fix: 'Name the field that changes, for example `/spec/job/state`.',
  reach: 'resource',
  on: WITH_APPLICATION_SPEC,
  *check(subject) {
    const { at, spec } = applicationSpec(subject);
    for (const [index, entry] of listAt(spec, 'ignoreDifferences').entries()) {
      for (const field of ['jsonPointers', 'jqPathExpressions']) {
        const pointers = textsAt(entry, field);
        const found = pointers.findIndex((pointer) => WIDE.has(pointer.trim()));
        if (found < 0) continue;
        yield {
          path: [...at, 'ignoreDifferences', index, field, found],
          message: `every difference under "${pointers[found] ?? ''}" of ${textAt(entry, 'kind') ?? 'a kind'} is ignored`,
        };
      }
    }
  },
  passes: applicationExample(`
ignoreDifferences:
  - {group: flink.apache.org, kind: FlinkDeployment, jsonPointers: [/spec/job/state]}
syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}`),
  fails: applicationExample(`
ignoreDifferences:
  - {group: flink.apache.org, kind: FlinkDeployment, jsonPointers: [/spec]}
syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}`),
};
