import { fieldAt, isMap, mapAt } from '../../field.js';
import { FLINK_BLUE_GREEN } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from './flink-spec.js';
import { underDefaults } from './operator-defaults.js';

export const ingressProtection: ReferenceRule = {
  id: 'flink/ingress-protection',
  severity: 'warning',
  title: 'An ingress to Flink asks who comes',
  source: 'R48; flink-kubernetes-operator documentation, "Ingress" (operations/ingress); Flink documentation, "Security"',
  consequence: 'Flink has no login: whoever reaches the host can stop jobs and, unless web.submit.enable is off, run code of their own.',
  fix: 'Add TLS and the annotations of your ingress controller for authentication, for example `nginx.ingress.kubernetes.io/auth-url`; or set `web.submit.enable: "false"` and `web.cancel.enable: "false"`.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ at, settings }) {
      // The operator's default for cancelling is off.
      if (settings.key('web.submit.enable')?.text.toLowerCase() === 'false' && !settings.isOn('web.cancel.enable')) return;
      if (settings.isOn('security.ssl.rest.authentication-enabled')) return;
      const path = subject.groupKind === FLINK_BLUE_GREEN ? ['spec', 'ingress'] : [...at, 'ingress'];
      const ingress = fieldAt(subject.resource.body, ...path);
      if (
        !isMap(ingress) ||
        Object.keys(mapAt(ingress, 'annotations')).some((key) => /auth|oidc|middleware|whitelist|allowlist|scheme|internal|source-range/i.test(key))
      )
        return;
      yield { path, message: "the ingress opens Flink's REST endpoint without authentication" };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  ingress:
    template: "{{name}}.flink.example.com"
    annotations: {nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/verify"}
    tls: [{hosts: [order-processor.flink.example.com], secretName: flink-tls}]
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  ingress: {template: "{{name}}.flink.example.com", className: nginx}
`,
};
