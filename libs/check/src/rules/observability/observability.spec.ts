import { describe, expect, it } from 'vitest';

import { formatPath } from '../../field.js';
import { judge } from '../../judge.js';
import { readManifests } from '../../sources/read-manifests.js';
import { Universe } from '../../universe.js';
import { observabilityRules } from './index.js';
import { promqlError } from './promql.js';

/** What all rules of the area say of some manifests: `rule at field: message`. */
function found(yaml: string): readonly string[] {
  const reading = readManifests('manifests.yaml', yaml);
  if (reading.kind !== 'manifests') throw new Error(`no manifests: ${JSON.stringify(reading)}`);
  return judge(observabilityRules, new Universe(reading.subjects), 'everything').map(
    ({ rule, offence: { path, message } }) => `${rule.id} at ${formatPath(path)}: ${message}`,
  );
}

const rule = (expr: unknown) => `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: rules, namespace: monitoring}
spec: {groups: [{name: a, rules: [{alert: Fine, expr: up == 0}, {alert: Looked, expr: ${JSON.stringify(expr)}}]}]}
`;

const monitor = (selector: string, port: string, namespaces = '[kafka]') => `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: pods, namespace: monitoring}
spec:
  namespaceSelector: {matchNames: ${namespaces}}
  selector: ${selector}
  podMetricsEndpoints: [{port: ${port}}]
`;

const kafka = (spec: string, name = 'kafka-cluster', namespace = 'kafka') => `
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;

describe('observability/expression', () => {
  it.each([
    ['a list that is not closed', 'sum(up', 'its end'],
    ['two names', 'up down', '"down"'],
    ['a matcher without quotes', 'up{job=kafka}', '"kafka}"'],
    ['a window that is none', 'rate(x[5x])', '"x])"'],
    ['half a comparison', 'up ==', 'its end'],
  ])('finds %s', (_what, expr, there) => {
    expect(found(rule(expr))).toEqual([`observability/expression at spec.groups[0].rules[1].expr: the expression of Looked is no PromQL at ${there}`]);
  });

  it.each([
    ['a subquery', "deriv(sum by (a) (b{c='d'})[30m:1m]) > 0"],
    ['a name in quotes', '{"a.b", c=~"d|e"}'],
    ['times and comments', 'time() - 30 * 86400 > 1h # an hour'],
    ['modifiers', 'x / on (a) group_left (b) y offset -5m @ end()'],
    ['what is filled in later', 'up{job="${JOB}"} == '],
    ["a filter of Loki's", 'sum(rate({app="x"} |= "error" [5m]))'],
    ["words of VictoriaMetrics'", 'WITH (x = y) x'],
    ['a function that is not known', 'rollup_rate(x[5m])'],
    ['a number', 1],
  ])('takes %s', (_what, expr) => {
    expect(found(rule(expr))).toEqual([]);
  });

  it('says where an expression goes wrong', () => {
    expect(promqlError('up')).toBeUndefined();
    expect(promqlError('up{a=b}')).toEqual({ position: 5, text: 'b}' });
  });

  it.each(['spec: {groups: {a: b}}', 'spec: {groups: [{rules: up}]}', 'spec: {groups: [{rules: [up, {expr: [a]}]}]}', 'spec: []'])(
    'says nothing of odd shapes: %s',
    (spec) => {
      expect(found(`apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a, namespace: b}\n${spec}\n`)).toEqual([]);
    },
  );
});

const KAFKA_PODS = '{matchLabels: {strimzi.io/kind: Kafka}}';

describe('observability/kafka-metrics', () => {
  const finding = (name = 'kafka-cluster') =>
    `observability/kafka-metrics at spec.podMetricsEndpoints[0].port: no pod of the Kafka ${name} has the port tcp-prometheus: it has no metricsConfig`;

  it('finds a Kafka that is watched and has no metrics', () => {
    expect(found(monitor(KAFKA_PODS, 'tcp-prometheus') + kafka('{kafka: {}}'))).toEqual([finding()]);
    expect(
      found(
        monitor('{matchLabels: {strimzi.io/kind: Kafka, strimzi.io/cluster: a}}', 'tcp-prometheus') +
          kafka('{kafka: {}}', 'a') +
          kafka('{kafkaExporter: {}}', 'b', 'b'),
      ),
    ).toEqual([finding('a')]);
  });

  it.each([
    ['where Cruise Control has some', monitor(KAFKA_PODS, 'tcp-prometheus') + kafka('{cruiseControl: {metricsConfig: {type: jmxPrometheusExporter}}}')],
    ['where the exporter has some', monitor(KAFKA_PODS, 'tcp-prometheus') + kafka('{kafkaExporter: {}}')],
    ['where a Kafka is not in the run', monitor(KAFKA_PODS, 'tcp-prometheus', '[kafka, other]') + kafka('{kafka: {}}')],
    ['where nothing is known of its namespaces', monitor(KAFKA_PODS, 'tcp-prometheus', '[]') + kafka('{kafka: {}}')],
    ['at another port', monitor(KAFKA_PODS, 'healthcheck-to') + kafka('{kafka: {}}')],
    ['where other kinds are selected too', monitor('{matchExpressions: [{key: strimzi.io/kind, operator: Exists}]}', 'tcp-prometheus') + kafka('{kafka: {}}')],
  ])('says nothing %s', (_where, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});

describe('observability/operator-port', () => {
  it.each([
    ['{matchLabels: {app.kubernetes.io/name: entity-operator}}', 'healthcheck', 'entity-operator'],
    ['{matchLabels: {strimzi.io/kind: cluster-operator}}', 'metrics', 'cluster-operator'],
  ])('finds a port that the pods of %s do not have', (selector, port, pods) => {
    expect(found(monitor(selector, port))).toEqual([
      `observability/operator-port at spec.podMetricsEndpoints[0].port: the pods of the ${pods} have no port ${port}`,
    ]);
  });

  it.each([
    ['old and new names at once', monitor('{matchLabels: {app.kubernetes.io/name: entity-operator}}', 'healthcheck}, {port: healthcheck-to')],
    ['the port of the Cluster Operator', monitor('{matchLabels: {strimzi.io/kind: cluster-operator}}', 'http')],
    ['others', monitor('{matchLabels: {app: shop}}', 'http')],
  ])('takes %s', (_what, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
