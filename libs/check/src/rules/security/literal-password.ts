import { listAt, scalarText, textAt } from '../../field.js';
import { FLINK_SESSION_JOB } from '../../kinds.js';
import { isCredentialStandIn } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from '../flink/flink-spec.js';
import { containersOf, podKinds } from '../pods.js';

const VARIABLE = /(?:^|_)(?:PASSWORD|PASSWD|SECRET_KEY|SECRET_ACCESS_KEY|CLIENT_SECRET|API_KEY|(?:ACCESS|AUTH|API)_TOKEN)$/i;
/** Flink's own, of key stores and reporters; those of Kafka clients and of object storage are other rules'. */
const SETTING = /^(?!.*sasl\.)(?:security\.ssl\.[\w.-]*|metrics\.reporter\.[\w.-]*)(?:password|apikey|token)$/i;
/** Switches that are called so, and hold none. */
const SWITCH = /ALLOW|EMPTY|RANDOM|ENABLE|DISABLE|REQUIRE/i;
const ARGUMENT = /^--?(?:[\w-]+[.-])*(?:password|passwd|secret-key|client-secret|api-key)(?:=(.*))?$/is;

export const literalPassword: ResourceRule = {
  id: 'security/literal-password',
  severity: 'warning',
  title: 'Passwords come to a container from a Secret',
  source: 'R46, R78; Kubernetes documentation, "Good practices for Kubernetes Secrets"',
  consequence: 'The password is in Git, in the resource, in the audit log and in every list of the processes.',
  fix: 'Take the value by valueFrom.secretKeyRef from a Secret that is made in the cluster.',
  reach: 'resource',
  on: [...podKinds, FLINK_SESSION_JOB],
  *check(subject) {
    for (const { path, container } of containersOf(subject)) {
      for (const [index, variable] of listAt(container, 'env').entries()) {
        const name = textAt(variable, 'name') ?? '';
        const value = textAt(variable, 'value') ?? '';
        if (VARIABLE.test(name) && !SWITCH.test(name) && isCredential(value))
          yield { path: [...path, 'env', index, 'value'], message: `the value of ${name} is written out` };
      }
    }
    const flink = JOBS.includes(subject.groupKind) ? flinkSpecOf(subject) : undefined;
    if (flink === undefined) return;
    for (const { key, text, path } of flink.settings.all) {
      if (SETTING.test(key) && isCredential(text)) yield { path, message: `the value of ${key} is written out` };
    }
    const args = listAt(flink.job, 'args').map((argument) => scalarText(argument) ?? '');
    for (const [index, argument] of args.entries()) {
      const option = ARGUMENT.exec(argument);
      // A property that no client knows is another rule's.
      if (option === null || /sasl\.password/.test(argument)) continue;
      const value = option[1] ?? args[index + 1] ?? '';
      if (isCredential(value)) yield { path: [...flink.at, 'job', 'args', index], message: `the value of ${argument.split('=')[0] ?? ''} is written out` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - name: DB_PASSWORD
              valueFrom: {secretKeyRef: {name: orders-db, key: password}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - {name: DB_PASSWORD, value: not-so-secret}
`,
};

/** Whether a value is what is asked for itself, and not where to find it. */
function isCredential(value: string): boolean {
  return value !== '' && !isCredentialStandIn(value) && !/^(?:\/|\.\/|file:|vault:|secret:|-|true$|false$)/i.test(value);
}
