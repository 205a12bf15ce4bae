import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';

const KEY = 'kubernetes.rest-service.exposed.type';

export const restExposure: ResourceRule = {
  id: 'flink/rest-exposure',
  severity: 'warning',
  title: 'The REST endpoint of Flink stays in the cluster',
  source: 'R48; Flink documentation, "Native Kubernetes" (accessing the web UI)',
  consequence: 'Flink has no login: whoever reaches the port can stop jobs and, unless web.submit.enable is off, run code of their own.',
  fix: `Remove ${KEY} (the operator's default is ClusterIP), and reach the UI by port-forward or a proxy that authenticates.`,
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const settings = flinkSpecOf(subject)?.settings;
    const type = settings?.key(KEY);
    if (settings === undefined || type === undefined || !/^(?:LoadBalancer|NodePort)$/i.test(type.text)) return;
    // Mutual TLS is a login, and an internal load balancer is no public one.
    const isInternal = settings.all.some(({ key, text }) => key.startsWith('kubernetes.rest-service.annotations') && /internal/i.test(key + text));
    if (settings.isOn('security.ssl.rest.authentication-enabled') || isInternal) return;
    yield { path: type.path, message: `${KEY} is ${type.text}, which opens Flink's REST endpoint to the outside` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {kubernetes.rest-service.exposed.type: ClusterIP}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {kubernetes.rest-service.exposed.type: LoadBalancer}
`,
};
