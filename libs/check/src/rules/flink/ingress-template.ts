import { hasField } from '../../field.js';
import { FLINK_DEPLOYMENT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const ingressTemplate: ResourceRule = {
  id: 'flink/ingress-template',
  severity: 'error',
  title: 'An ingress has a template for its host',
  source: 'R48; flink-kubernetes-operator, DefaultValidator.java (validateIngress)',
  consequence: 'The operator rejects the deployment.',
  fix: 'Set spec.ingress.template, for example `template: "{{name}}.flink.example.com"`.',
  reach: 'resource',
  on: [FLINK_DEPLOYMENT],
  *check({ resource: { body } }) {
    if (!hasField(body, 'spec', 'ingress') || hasField(body, 'spec', 'ingress', 'template')) return;
    yield { path: ['spec', 'ingress', 'template'], message: 'the ingress has no template' };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  ingress:
    template: "{{name}}.flink.example.com"
    annotations: {nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/verify"}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  ingress:
    className: nginx
    annotations: {nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/verify"}
`,
};
