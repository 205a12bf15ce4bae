import { hasField } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { MAIN_CONTAINER } from '../pods.js';
import { containersOf, templatePaths } from './pod-templates.js';

/** Names that people give to the container of Flink. */
const meant =
  /^(?:(?:flink-)?(?:main|main-container|jobmanager|job-manager|taskmanager|task-manager|container)|flink|flink-main-containers|main-flink-container)$/;

export const mainContainer: ResourceRule = {
  id: 'flink/main-container',
  severity: 'error',
  title: `The container of Flink in a pod template is called ${MAIN_CONTAINER}`,
  source: 'R46; flink-kubernetes-operator documentation, "Pod Template" (custom-resource/pod-template); Flink, Constants.java (MAIN_CONTAINER_NAME)',
  consequence:
    'Flink adds its own container beside this one: what the template sets does not reach Flink, and a container without an image makes the pod invalid.',
  fix: `Write \`name: ${MAIN_CONTAINER}\`.`,
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    const templates = templatePaths.map((template) => [...containersOf(flink, template)].filter(({ isInit }) => !isInit));
    const complete = new Set(templates.flat().flatMap(({ name, container }) => (hasField(container, 'image') ? [name] : [])));
    for (const containers of templates) {
      if (containers.some(({ name }) => name === MAIN_CONTAINER)) continue;
      for (const { path, name } of containers) {
        // One with an image of its own is a sidecar, and so is one that another template gives an image.
        if (name === undefined || !meant.test(name) || complete.has(name)) continue;
        yield { path: [...path, 'name'], message: `the container ${name} has no image, so it is meant for Flink, whose container is called ${MAIN_CONTAINER}` };
      }
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: TZ, value: UTC}]
        - name: log-shipper
          image: fluent/fluent-bit:4.0.3
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  podTemplate:
    spec:
      containers:
        - name: flink
          env: [{name: TZ, value: UTC}]
`,
};
