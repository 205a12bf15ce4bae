import { textAt } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { lacksPlugins, pluginOf, schemeOf } from './filesystems.js';
import { CLUSTERS, type FlinkSpec } from './flink-spec.js';
import { formatVersion, isBefore } from './flink-version.js';
import { MAIN_CONTAINER } from '../pods.js';
import { underDefaults } from './operator-defaults.js';

const EXAMPLE = '`local:///opt/flink/usrlib/order-processor.jar`';

export const jarUri: ReferenceRule = {
  id: 'flink/jar-uri',
  severity: 'error',
  title: "An application's jar is where the JobManager can read it",
  source: 'R35; Flink, KubernetesApplicationClusterEntrypoint.java and ArtifactFetchManager.java (since 1.19), KubernetesUtils.java before',
  consequence: 'The JobManager does not start the job: it does not know the file system, or takes no remote jar.',
  fix: `Put the jar into the image and write ${EXAMPLE}: then image and jar are one version.`,
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* (flink) {
      const uri = textAt(flink.job, 'jarURI');
      const found = uri === undefined || isSubstituted(uri) ? undefined : jarOffence(flink, uri);
      if (found !== undefined) yield { path: [...flink.at, 'job', 'jarURI'], ...found };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: registry.example.com/orders/order-processor:1.4.2
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: flink:2.2.1
  job: {jarURI: "s3://orders-prod/jars/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
};

/** What is wrong with a place that a jar cannot be started from. */
export function jarOffence(flink: FlinkSpec, uri: string): { readonly message: string; readonly fix?: string } | undefined {
  const scheme = schemeOf(uri);
  if (scheme === undefined || scheme === 'local') return undefined;
  const isNative = (textAt(flink.spec, 'mode') ?? 'native') === 'native';
  if (isNative && flink.version !== undefined && isBefore(flink.version, 1, 19)) {
    return { message: `Flink ${formatVersion(flink.version)} takes an application's jar from its image only (local://), not ${uri}` };
  }
  const plugin = pluginOf(scheme);
  if (plugin !== undefined && lacksPlugins(flink)) {
    return {
      message: `jarURI ${uri} needs a file system plugin for ${scheme}, and neither the image nor the pod template brings one`,
      fix: `Put the jar into the image and write ${EXAMPLE}; or set ENABLE_BUILT_IN_PLUGINS in ${MAIN_CONTAINER} to the jar of ${plugin}.`,
    };
  }
  if (isNative && scheme === 'http' && !flink.settings.isOn('user.artifacts.raw-http-enabled')) {
    return { message: `Flink does not fetch ${uri} over plain HTTP`, fix: `Use https, or put the jar into the image and write ${EXAMPLE}.` };
  }
  return undefined;
}
