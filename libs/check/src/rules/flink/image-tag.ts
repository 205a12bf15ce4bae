import { textAt } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { imageOf } from './images.js';

export const imageTag: ResourceRule = {
  id: 'flink/image-tag',
  severity: 'warning',
  title: 'The image is pinned by a version tag or a digest',
  source: 'R24; Kubernetes documentation, "Images" (image names)',
  consequence:
    'The next pod that starts, after a lost node for instance, may bring another Flink or another job than the rest, and Git does not say which ran.',
  fix: 'Name a version: `image: flink:2.2.1`, or a digest.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    const text = flink === undefined ? undefined : textAt(flink.spec, 'image');
    if (flink === undefined || !text || isSubstituted(text)) return;
    const { tag, digest } = imageOf(text);
    if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return;
    yield { path: [...flink.at, 'image'], message: `the image ${text} ${tag === undefined ? 'has no tag, which means latest' : 'has the tag latest'}` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "registry.example.com/orders/order-processor:1.4.2", flinkVersion: v2_2}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "registry.example.com/orders/order-processor:latest", flinkVersion: v2_2}
`,
};
