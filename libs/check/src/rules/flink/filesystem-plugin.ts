import { textAt } from '../../field.js';
import type { Offence, ReferenceRule } from '../../rule.js';
import { loadedJars, pluginOf, schemeOf } from './filesystems.js';
import { CLUSTERS, type FlinkSpec } from './flink-spec.js';
import { underDefaults } from './operator-defaults.js';

const directories: readonly string[] = ['execution.checkpointing.dir', 'execution.checkpointing.savepoint-dir', 'high-availability.storageDir'];

export const filesystemPlugin: ReferenceRule = {
  id: 'flink/filesystem-plugin',
  severity: 'error',
  title: 'The file systems of the state directories are loaded',
  source: 'R47; Flink documentation, "File Systems" (plugins); flink-docker, docker-entrypoint.sh (ENABLE_BUILT_IN_PLUGINS)',
  consequence: 'The job does not start: "Could not find a file system implementation for scheme". The stock image has the plugins, but loads none.',
  fix: 'Set ENABLE_BUILT_IN_PLUGINS in flink-main-container to the jar of the plugin, with the exact version of the image.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) => underDefaults(subject, universe, unloaded),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: flink:2.2.1
  flinkConfiguration:
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - {name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-presto-2.2.1.jar}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: flink:2.2.1
  flinkConfiguration:
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
`,
};

function* unloaded(flink: FlinkSpec): Generator<Offence> {
  // Where no image is named, the operator's configuration may name one with plugins.
  const image = textAt(flink.spec, 'image');
  const jars = loadedJars(flink);
  if (image === undefined || jars === undefined) return;
  // A jar on a file system without a plugin is told by flink/jar-uri.
  if (pluginOf(schemeOf(textAt(flink.job, 'jarURI') ?? '')) !== undefined) return;
  for (const option of directories) {
    const setting = flink.settings.option(option);
    const scheme = schemeOf(setting?.text ?? '');
    const plugin = pluginOf(scheme);
    if (setting === undefined || scheme === undefined || plugin === undefined) continue;
    if (plugin.split(' or ').some((name) => jars.some((jar) => jar.startsWith(name)))) continue;
    yield {
      path: setting.path,
      message: `${setting.key} is on ${scheme}, whose plugin (${plugin}) ${jars.length === 0 ? `the image ${image} does not load, nor does the pod template` : `is not what the pods load: ${jars.join(', ')}`}`,
    };
    return;
  }
}
