import { readResources } from '@millrace/kustomize';
import { MillraceError } from '@millrace/model';
import { memoryFiles, planCommand } from '@millrace/workspace';
import { after, EXAMPLE, repository, synced, type Repository } from '@millrace/workspace/testing';
import { describe, expect, it } from 'vitest';

import { promote } from './promote.js';
import { promotionDifferences } from './promotion-differences.js';
import { pullRequest } from './pull-request.js';
import { renderedDifferences, resourceKey, type Difference } from './rendered-differences.js';
import { summary } from './summary.js';

const config = (name: string, value: string, namespace = 'flink'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  key: ${value}\n`;

describe('the differences of two renderings', () => {
  const differences = (before: readonly string[], now: readonly string[]) =>
    renderedDifferences('environments/prod/x', readResources(before.join('---\n')), readResources(now.join('---\n')));

  it('name what is added, removed and changed, and leave out what stays, in whatever order it comes', () => {
    const found = differences(
      [config('gone', 'a'), config('same', 'a'), config('changed', 'a')],
      [config('changed', 'b'), config('new', 'a'), config('same', 'a')],
    );
    expect(found.map(({ what, kind, where }) => `${kind} ${what} in ${where}`)).toEqual([
      'changed ConfigMap flink/changed in environments/prod/x',
      'removed ConfigMap flink/gone in environments/prod/x',
      'added ConfigMap flink/new in environments/prod/x',
    ]);
    expect(found[0]?.diff).toContain('-  key: a\n+  key: b');
    expect(
      found[1]?.diff
        .split('\n')
        .slice(1)
        .every((line) => line.startsWith('-')),
    ).toBe(true);
    expect(
      found[2]?.diff
        .split('\n')
        .slice(1)
        .every((line) => line.startsWith('+')),
    ).toBe(true);
  });

  it('are none between a rendering and itself', () => {
    expect(differences([config('a', 'a')], [config('a', 'a')])).toEqual([]);
  });

  it('tell apart what only looks alike: another namespace, another group', () => {
    expect(differences([config('a', 'a', 'flink')], [config('a', 'a', 'kafka')]).map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      'removed ConfigMap flink/a',
      'added ConfigMap kafka/a',
    ]);
    const key = { kind: 'Kafka', name: 'k' };
    expect(resourceKey({ ...key, apiVersion: 'kafka.strimzi.io/v1' })).toBe('Kafka.kafka.strimzi.io k');
    expect(resourceKey({ ...key, apiVersion: 'v1' })).toBe('Kafka k');
  });

  it('take a new version of an API for a change of the same resource', () => {
    const topic = (version: string) => `apiVersion: kafka.strimzi.io/${version}\nkind: KafkaTopic\nmetadata:\n  name: orders\n`;
    expect(differences([topic('v1beta2')], [topic('v1')]).map(({ kind }) => kind)).toEqual(['changed']);
  });
});

describe("a pull request's text", () => {
  const promotion = { pipeline: 'order-processor', release: '1.1.0', from: '1.0.0', to: 'prod' };
  const difference = (over: Partial<Difference>): Difference => ({
    where: 'environments/prod/x',
    what: 'ConfigMap flink/a',
    kind: 'changed',
    diff: '@@ -1,1 +1,1 @@\n-a\n+b',
    ...over,
  });

  it('counts every environment in which something changes', () => {
    const { message } = pullRequest(promotion, [difference({ where: 'environments/dev/x' }), difference({})]);
    expect(message).toContain('\nIn prod: 0 added, 1 changed, 0 removed.\n\nIn dev: 0 added, 1 changed, 0 removed.\n');
    expect(pullRequest(promotion, []).message).toContain('\nIn prod: nothing changes.\n');
  });

  it('says what is promoted where, and what ran there', () => {
    const { title, message, markdown } = pullRequest(promotion, [difference({})]);
    expect(title).toBe('Promote order-processor 1.1.0 to prod');
    expect(message).toBe(
      'Promote order-processor 1.1.0 to prod\n\nprod runs 1.0.0 now.\n\nIn prod: 0 added, 1 changed, 0 removed.\n\n~ ConfigMap flink/a (environments/prod/x)\n',
    );
    expect(markdown).toContain('# Promote order-processor 1.1.0 to prod\n\nprod runs 1.0.0 now.\n');
    expect(markdown).toContain('\n```diff\n@@ -1,1 +1,1 @@\n-a\n+b\n```\n');
    expect(pullRequest({ ...promotion, from: undefined }, []).message).toContain(
      'order-processor runs in prod for the first time.\n\nIn prod: nothing changes.',
    );
  });

  it('counts what becomes of what', () => {
    expect(summary([difference({}), difference({ kind: 'added' }), difference({ kind: 'added' })])).toBe('2 added, 1 changed, 0 removed');
  });

  it.each(['```', '````\n```', '+```diff\n+~~~'])('cannot be broken out of by backticks in a resource: %j', (text) => {
    const { markdown } = pullRequest(promotion, [difference({ diff: `+${text}` }), difference({ what: 'ConfigMap flink/b' })]);
    const [open = ''] = /^`+diff$/m.exec(markdown) ?? [];
    const close = open.replace('diff', '');
    expect(close.length).toBeGreaterThanOrEqual(3);
    expect(text).not.toContain(close);
    expect(markdown).toContain(`${open}\n+${text}\n${close}\n`);
    expect(markdown.match(/<details>/g)).toHaveLength(2);
  });

  it('does not take a name for markup', () => {
    const { markdown } = pullRequest(promotion, [difference({ what: 'ConfigMap <b>&</b>' })]);
    expect(markdown).not.toContain('<b>');
  });
});

describe('a promotion of the example', () => {
  const example = repository(EXAMPLE);
  const staged = after(example, promote, { pipeline: 'order-processor', to: 'staging' });

  async function differences(files: Repository, to: string): Promise<readonly Difference[]> {
    const source = memoryFiles(files);
    return promotionDifferences(source, planCommand(source, promote, { pipeline: 'order-processor', to }).changes);
  }
  const short = (found: readonly Difference[]) => found.map(({ kind, what, where }) => `${kind} ${what} (${where})`);

  it('lists every resource that an environment gets, and the files that are applied as they are', async () => {
    const found = await differences(example, 'staging');
    const folder = 'environments/staging/pipelines/order-processor';
    const kafka = ['KafkaTopic.kafka.strimzi.io kafka/order-totals', 'KafkaTopic.kafka.strimzi.io kafka/orders', 'KafkaUser.kafka.strimzi.io kafka/flink-app'];
    expect(short(found)).toEqual(expect.arrayContaining(kafka.map((what) => `added ${what} (${folder}/kafka)`)));
    expect(short(found)).toContain(`added FlinkDeployment.flink.apache.org flink/order-processor (${folder}/flink)`);
    for (const part of ['kafka', 'flink']) {
      const file = `environments/staging/argocd/pipelines/order-processor-${part}.yaml`;
      expect(short(found)).toContain(`added ${file} (${file})`);
    }
    expect(found.every(({ kind }) => kind === 'added')).toBe(true);

    const { message, markdown } = pullRequest({ pipeline: 'order-processor', release: '1.0.0', from: undefined, to: 'staging' }, found);
    for (const { what, where } of found) {
      expect(message).toContain(`\n+ ${what} (${where})\n`);
      expect(markdown).toContain(`<code>${what}</code> in <code>${where}</code>`);
    }
  });

  it('lists exactly what a new release changes', async () => {
    const running = after(staged, promote, { pipeline: 'order-processor', to: 'prod' });
    const grown = after(running, 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=1000'] });
    const found = await differences(after(grown, promote, { pipeline: 'order-processor', to: 'staging' }), 'prod');
    const rendered = found.filter(({ where }) => where.includes('/pipelines/order-processor/'));
    expect(short(rendered)).toEqual(['changed KafkaTopic.kafka.strimzi.io kafka/orders (environments/prod/pipelines/order-processor/kafka)']);
    expect(rendered[0]?.diff).toMatch(/^-\s+retention\.ms: "604800000"\n\+\s+retention\.ms: "1000"$/m);
    // Argo CD's refresh paths name the release.
    expect(found.filter((difference) => !rendered.includes(difference)).every(({ diff }) => diff.includes('releases/1.1.0'))).toBe(true);
  });

  it.each(['environments/prod/kafka/kafka.yaml', 'apps/order-processor/next/kafka/topic-orders.yaml'])(
    'is refused where the files are not in sync, for it would carry that along: %s',
    async (path) => {
      const stale = new Map([...example].filter(([other]) => other !== path));
      await expect(differences(stale, 'staging')).rejects.toMatchObject({
        exitCode: 1,
        problems: [
          {
            message: `not in sync: ${path} would be changed along with what was asked`,
            remedy: 'Run millrace sync, look at what it changes, and commit that first.',
          },
        ],
      });
    },
  );

  it("is refused with kustomize's words where an overlay does not render", async () => {
    const path = 'environments/staging/pipelines/order-processor/kafka/patches/10-mine.yaml';
    const grown = after(staged, 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=1000'] });
    const broken = synced(new Map([...grown, [path, 'target: {kind: KafkaTopic, name: orders}\npatch:\n  - {op: remove, path: /spec/nothing}\n']]));
    await expect(differences(broken, 'staging')).rejects.toSatisfy(
      (error) =>
        error instanceof MillraceError &&
        error.problems.some(({ file, message }) => file === 'environments/staging/pipelines/order-processor/kafka' && /nothing/.test(message)),
    );
  });
});
