import { isMap, listAt, textAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { isSubstituted } from '../../placeholder.js';
import { isOfAnotherLanguage, promqlError } from './promql.js';

export const expression: ResourceRule = {
  id: 'observability/expression',
  severity: 'error',
  title: 'The expression of a rule is PromQL',
  source: 'R82; prometheus-operator, pkg/operator/rules.go (ValidateRule); Prometheus, promql/parser',
  consequence: 'The Prometheus operator leaves out the whole PrometheusRule, all its other alerts included; where its webhook is on, the resource is refused.',
  fix: "Correct the expression; Prometheus' web interface shows what it gives.",
  reach: 'resource',
  on: ['monitoring.coreos.com/PrometheusRule'],
  *check({ resource }) {
    for (const [group, rules] of listAt(resource.body, 'spec', 'groups').entries()) {
      for (const [index, rule] of listAt(rules, 'rules').entries()) {
        const text = isMap(rule) ? textAt(rule, 'expr') : undefined;
        if (text === undefined || isSubstituted(text)) continue;
        const error = promqlError(text);
        if (error === undefined || isOfAnotherLanguage(text, error)) continue;
        const name = textAt(rule, 'alert') ?? textAt(rule, 'record') ?? `rule ${index + 1}`;
        const there = error.text.trim() === '' ? 'its end' : JSON.stringify(error.text.slice(0, 30));
        yield { path: ['spec', 'groups', group, 'rules', index, 'expr'], message: `the expression of ${name} is no PromQL at ${there}` };
      }
    }
  },
  passes: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: kafka, namespace: monitoring}
spec:
  groups:
    - name: kafka
      rules:
        - alert: KafkaUnderReplicatedPartitions
          expr: sum by (pod) (kafka_server_replicamanager_underreplicatedpartitions) > 0
`,
  fails: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: kafka, namespace: monitoring}
spec:
  groups:
    - name: kafka
      rules:
        - alert: KafkaUnderReplicatedPartitions
          expr: sum by (pod) (kafka_server_replicamanager_underreplicatedpartitions > 0
`,
};
