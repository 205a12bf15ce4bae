import { textAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { formatVersion } from './flink-version.js';
import { flinkOf, imageOf, isStockImage } from './images.js';

export const imageVersion: ResourceRule = {
  id: 'flink/image-version',
  severity: 'error',
  title: 'The image has the Flink version that the deployment says',
  source: 'R24; flink-kubernetes-operator, FlinkVersion.java and FlinkConfMountDecorator.java (what is written depends on flinkVersion)',
  consequence:
    'The operator writes the configuration and chooses the REST calls of another version than the one that runs: a 2.x image, for one, does not find its config.yaml.',
  fix: 'Make spec.flinkVersion and the tag of spec.image the same minor version.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink?.version === undefined) return;
    const text = textAt(flink.spec, 'image') ?? '';
    const image = imageOf(text);
    // The tag of an image of one's own counts one's own versions.
    const inside = isStockImage(image) ? flinkOf(image) : undefined;
    if (inside === undefined || formatVersion(inside) === formatVersion(flink.version)) return;
    yield {
      path: [...flink.at, 'flinkVersion'],
      message: `flinkVersion is v${flink.version.major}_${flink.version.minor}, but the image ${text} has Flink ${formatVersion(inside)}`,
      fix: `Write \`flinkVersion: v${inside.major}_${inside.minor}\`, or take an image with Flink ${formatVersion(flink.version)}.`,
    };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "flink:2.2.1-java17", flinkVersion: v2_2}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "flink:2.2.1-java17", flinkVersion: v1_20}
`,
};
