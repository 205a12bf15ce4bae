import { textAt } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { mayBringPlugins, pluginOf, schemeOf } from './filesystems.js';
import { CLUSTERS } from './flink-spec.js';
import { jarOffence } from './jar-uri.js';
import { underDefaults } from './operator-defaults.js';

export const jarOutsideImage: ReferenceRule = {
  id: 'flink/jar-outside-image',
  severity: 'warning',
  title: "An application's jar is in its image",
  source: 'R35; Flink, ArtifactFetchManager.java; Flink documentation, "File systems" (plugins)',
  consequence:
    'Every JobManager fetches the jar anew when it starts: it does not start while the store is away, nor where the image has no plugin for the store, and it runs another version once somebody has replaced the jar.',
  fix: 'Put the jar into the image and write `local:///opt/flink/usrlib/order-processor.jar`: then image and jar are one version.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* (flink) {
      const uri = textAt(flink.job, 'jarURI');
      if (uri === undefined || isSubstituted(uri)) return;
      const scheme = schemeOf(uri);
      // Whoever names the plugin knows what they do; what cannot start at all is told by flink/jar-uri.
      if (pluginOf(scheme) === undefined || mayBringPlugins(flink) || jarOffence(flink, uri) !== undefined) return;
      yield {
        path: [...flink.at, 'job', 'jarURI'],
        message: `the jar is fetched from ${uri}; nothing here says that the image has the plugin for ${scheme ?? ''}`,
      };
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
  image: registry.example.com/streaming/flink-with-s3:2.2.1
  job: {jarURI: "s3://orders-prod/jars/order-processor-1.4.2.jar", parallelism: 2, upgradeMode: savepoint}
`,
};
