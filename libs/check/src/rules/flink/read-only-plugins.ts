import { fieldAt, hasField, listAt, scalarText, textAt, type FieldPath } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { MAIN_CONTAINER } from '../pods.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { containersOf, environmentOf, templatePaths, type TemplateContainer } from './pod-templates.js';

const ENABLED = 'ENABLE_BUILT_IN_PLUGINS';
const READ_ONLY = 'readOnlyRootFilesystem';

export const readOnlyPlugins: ResourceRule = {
  id: 'flink/read-only-plugins',
  severity: 'error',
  title: 'Where built-in plugins are enabled, the folder of the plugins can be written to',
  source: 'R47, R81; flink-docker, docker-entrypoint.sh (copy_plugins_if_required links the jar into /opt/flink/plugins when the container starts)',
  consequence:
    'The link cannot be made, so the plugin is not loaded: "Could not find a file system implementation for scheme", and the pod starts over for ever.',
  fix: 'Remove readOnlyRootFilesystem, or build an image that has the plugin in /opt/flink/plugins and remove ENABLE_BUILT_IN_PLUGINS.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    const main = (template: FieldPath) => [...containersOf(flink, template)].filter(({ name, isInit }) => name === MAIN_CONTAINER && !isInit);
    const [common = [], ...roles] = templatePaths;
    const told = new Set<string>();
    for (const role of roles) {
      // A role's own template is put over the common one.
      const parts = [...main(role), ...main(common)];
      const locked = parts.find(({ container }) => hasField(container, 'securityContext', READ_ONLY));
      if (locked === undefined || fieldAt(locked.container, 'securityContext', READ_ONLY) !== true || parts.some(mayWrite)) continue;
      if (!parts.some((part) => (scalarText(environmentOf(part, ENABLED)?.value) ?? '').trim() !== '')) continue;
      const path = [...locked.path, 'securityContext', READ_ONLY];
      if (told.has(path.join('\n'))) continue;
      told.add(path.join('\n'));
      yield { path, message: `${READ_ONLY} is true, and ${ENABLED} wants a link in /opt/flink/plugins, where nothing is mounted` };
    }
  },
  passes: example(''),
  fails: example('\n          securityContext: {readOnlyRootFilesystem: true}'),
};

/** Whether the folder of the plugins may be a volume, or something other than the entrypoint starts Flink. */
function mayWrite({ container }: TemplateContainer): boolean {
  if (fieldAt(container, 'command') !== undefined) return true;
  return listAt(container, 'volumeMounts').some((mount) => /^\/opt(?:\/flink(?:\/plugins.*)?)?\/?$/.test(textAt(mount, 'mountPath') ?? ''));
}

function example(context: string): string {
  return `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: flink:2.2.1
  podTemplate:
    spec:
      containers:
        - name: flink-main-container${context}
          env: [{name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-presto-2.2.1.jar}]
`;
}
