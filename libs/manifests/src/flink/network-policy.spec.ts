import { describe, expect, it } from 'vitest';

import { list, Repository } from '../repository.fixture.js';
import { at, EXAMPLE, type Texts } from '../workspace.fixture.js';

const DEV = 'environments/dev/environment.yaml';
const STAGING = 'environments/staging/environment.yaml';
const PROD = 'environments/prod/environment.yaml';
const PLACEMENT = 'environments/prod/pipelines/order-processor/placement.yaml';
const text = (file: string) => EXAMPLE[file] ?? '';

const policy = (texts: Texts, folder: string) => new Repository(texts).all('NetworkPolicy', `${folder}flink/`)[0];
/** The namespace that may reach the REST endpoints. */
const operatorOf = (texts: Texts, folder = 'environments/prod/') =>
  at(policy(texts, folder), 'spec', 'ingress', 1, 'from', 0, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name');
const portsAnywhere = (texts: Texts, folder = 'environments/prod/') =>
  list(at(policy(texts, folder), 'spec', 'egress')).flatMap((rule) =>
    at(rule, 'to') === undefined ? list(at(rule, 'ports')).map((port) => at(port, 'port')) : [],
  );

describe("the network policy of Flink's pods", () => {
  it('R80: lets the operator of the cluster in, whichever environment keeps it', () => {
    const shared = (file: string) => text(file).replace('cluster: {', 'cluster: {name: eu-1, ');
    const texts = {
      ...EXAMPLE,
      [STAGING]: `${shared(STAGING)}operators: {flink: {namespace: flink-system}}\n`,
      [PROD]: shared(PROD)
        .replace('default.svc}', 'default.svc, operators: provided}')
        .replace('namespace: kafka', 'namespace: kafka-prod')
        .replace('mode: application,', 'mode: application, namespaces: {orders: flink-prod},'),
    };
    expect(operatorOf(texts)).toBe('flink-system');
    expect(operatorOf(texts, 'environments/staging/')).toBe('flink-system');
  });

  it('R80: lets in the one that is declared where no environment keeps it', () => {
    const provided = text(PROD).replace('default.svc}', 'default.svc, operators: provided}');
    expect(operatorOf({ ...EXAMPLE, [PROD]: `${provided}operators: {flink: {namespace: flink-system}}\n` })).toBe('flink-system');
  });

  it('R80: lets jobs reach an object storage that a session cluster, a job or its placement names', () => {
    expect(portsAnywhere(EXAMPLE)).not.toContain(9000);
    const session = text(DEV).replace('slots: 4', 'slots: 4, flinkConfiguration: {s3.endpoint: "http://minio.storage.svc:9000"}');
    expect(portsAnywhere({ ...EXAMPLE, [DEV]: session }, 'environments/dev/')).toContain(9000);
    const placement = `${text(PLACEMENT).split('\n')[0] ?? ''}\njobs: {order-processor: {flinkConfiguration: {fs.s3a.endpoint: "http://minio.storage.svc:9001"}}}\n`;
    expect(portsAnywhere({ ...EXAMPLE, [PLACEMENT]: placement })).toContain(9001);
  });
});
