import { operatorNames, platform, platformNames, type OperatorName, type PlatformName } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { list, nameOf, record, Repository } from '../../repository.fixture.js';
import { at, documentsOf, EXAMPLE } from '../../workspace.fixture.js';
import { charts, RESTRICTED, type ChartFacts, type PodFacts } from './charts.fixture.js';

/** What is made for an operator, beside what its chart makes of it: for every tested set, and with every setting. */

const PROD = 'environments/prod/';
const ENVIRONMENT = `${PROD}environment.yaml`;

/** The example with a set in prod, observed, and with one pod of each operator or several. */
const repository = (set: PlatformName, replicas: number): Repository =>
  new Repository({
    ...EXAMPLE,
    [ENVIRONMENT]: `${(EXAMPLE[ENVIRONMENT] ?? '').replace(/platform: .*/, `platform: "${set}"`)}observability: {namespace: prometheus}
operators: {${operatorNames.map((name) => `${name}: {replicas: ${replicas}}`).join(', ')}}
`,
  });

const cases = platformNames.flatMap((set) => {
  const [one, several] = [repository(set, 1), repository(set, 2)];
  return operatorNames.map((operator) => ({ set, operator, chart: factsOf(set, operator), one, several }));
});

function factsOf(set: PlatformName, operator: OperatorName): ChartFacts {
  const { version } = platform(set).operators[operator];
  const facts = charts[operator][version];
  if (facts === undefined) throw new Error(`render the chart of ${operator} ${version}, and say in charts.fixture.ts what it makes`);
  return facts;
}

const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.]/g, '\\.'))
      .join('.*')}$`,
  ).test(name);
const selects = (selector: unknown, { labels }: PodFacts): boolean =>
  Object.entries(record(at(selector, 'matchLabels'))).every(([key, value]) => labels[key] === value);

describe.each(cases)('$operator of the set $set', ({ operator, chart, one, several }) => {
  const folder = `${PROD}operators/${operator}/`;
  const project = one.one('AppProject', PROD, `prod.${operator}.operator`);
  const policy = (name: string): unknown => one.all('NetworkPolicy', folder).find((body) => nameOf(body) === name);
  const values = documentsOf(one.files.get(`${folder}values.yaml`) ?? '')[0];

  it('R58: may make in namespaces what its chart and its overlay make, and nothing else', () => {
    const ofOverlay = [one, several].flatMap(({ resources }) =>
      resources
        .filter(({ path, kind }) => path.startsWith(folder) && !['Namespace', 'Kustomization'].includes(kind))
        .map(({ kind, body }) => kindIn(groupOf(body), kind)),
    );
    const allowed = list(at(project, 'spec', 'namespaceResourceWhitelist')).map((entry) => kindIn(String(at(entry, 'group')), String(at(entry, 'kind'))));
    expect([...allowed].sort()).toEqual([...new Set([...chart.kinds, ...ofOverlay])].sort());
  });

  it('R58: may make for the cluster what its chart makes, and its own namespace', () => {
    const entries = list(at(project, 'spec', 'clusterResourceWhitelist')).filter((entry) => at(entry, 'kind') !== 'Namespace');
    const allowed = entries.map((entry) => ({ kind: kindIn(String(at(entry, 'group')), String(at(entry, 'kind'))), name: String(at(entry, 'name')) }));
    const made = Object.entries(chart.cluster).flatMap(([kind, names]) => names.map((name) => ({ kind, name })));
    const allows = (entry: (typeof allowed)[number], object: (typeof made)[number]) => entry.kind === object.kind && matches(entry.name, object.name);
    expect(made.filter((object) => !allowed.some((entry) => allows(entry, object)))).toEqual([]);
    expect(allowed.filter((entry) => !made.some((object) => allows(entry, object)))).toEqual([]);
  });

  it('R81: fits the restricted standard, to which its namespace holds it: by its chart, or because it is told to', () => {
    expect(at(one.one('Namespace', folder), 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')).toBe('restricted');
    for (const container of chart.pods.flatMap(({ containers }) => containers)) {
      const told = container.values.map((path) => record(at(values, ...path)));
      expect(Object.assign({}, container.itself, ...told)).toMatchObject(RESTRICTED);
    }
  });

  it('lets the API server reach the pods that answer it, at the port where they do, and no others', () => {
    const answering = chart.pods.filter(({ webhookPort }) => webhookPort !== undefined);
    const spec = at(policy('webhook'), 'spec');
    expect(spec === undefined ? [] : chart.pods.filter((pod) => selects(at(spec, 'podSelector'), pod))).toEqual(answering);
    expect(list(at(spec, 'ingress'))).toEqual(answering.map(({ webhookPort }) => ({ ports: [{ protocol: 'TCP', port: webhookPort }] })));
  });

  it('R82: lets Prometheus read the metrics of each of its pods', () => {
    for (const pod of chart.pods) {
      const spec = at(policy('metrics'), 'spec');
      expect(selects(at(spec, 'podSelector'), pod)).toBe(true);
      expect(at(spec, 'ingress')).toEqual([
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'prometheus' } } }],
          ports: [{ protocol: 'TCP', port: pod.metricsPort }],
        },
      ]);
    }
  });
});

const kindIn = (group: string, kind: string): string => (group === '' ? kind : `${group}/${kind}`);
const groupOf = (body: unknown): string => String(at(body, 'apiVersion')).replace(/^v1$|\/[^/]+$/, '');
