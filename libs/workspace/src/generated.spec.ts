import { dirname } from 'node:path/posix';

import { readProvenance } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { isEmpty, summarize } from './changes.js';
import { editCommands } from './commands/index.js';
import { memoryFiles } from './files/memory.js';
import { changed, refusalOf, replaced, textAt, withFiles, withoutFolders } from './repository.fixture.js';
import { NOTHING_SPECIAL, planCommand, planSync } from './run-command.js';
import { after, EXAMPLE, repository, type Repository } from './testing.js';

/** The complete example, and a pipeline of another team in it. */
const example = repository([
  ...EXAMPLE,
  ['team', { name: 'billing', namespace: 'billing' }],
  ['pipeline', { name: 'invoices', team: 'billing', topics: ['invoices'], user: 'billing' }],
]);

const KAFKA = 'environments/dev/kafka/kafka.yaml';
const POOL = 'environments/dev/kafka/pool-dual-role.yaml';
const NEXT = 'apps/order-processor/next/kafka/topic-orders.yaml';
const OVERLAY = 'environments/dev/pipelines/order-processor/kafka/topic-orders.yaml';

const sync = (files: Repository, special = {}) => planSync(memoryFiles(files), { ...NOTHING_SPECIAL, ...special }).changes;

function plan(files: Repository, name: string, options: Readonly<Record<string, unknown>>) {
  const command = editCommands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`there is no ${name}`);
  return planCommand(memoryFiles(files), command, options);
}

/** A file as somebody edits it who did not read its first line. */
const edit = (files: Repository, path: string): Repository => withFiles(files, { [path]: `${textAt(files, path)}# mine\n` });

describe('a generated file', () => {
  it('is what its declared files give, and nothing is to do', () => {
    expect(sync(example)).toEqual({ create: [], update: [], delete: [], refused: [] });
  });

  it('is made again where it is missing, whichever it is', () => {
    const generated = [...example.keys()].filter((path) => readProvenance(textAt(example, path)).kind === 'intact');
    expect(generated.length).toBeGreaterThan(100);
    for (const path of generated) {
      const without = withFiles(example, { [path]: undefined });
      expect(summarize(sync(without))).toEqual([`A ${path}`]);
      expect(changed(without, sync(without)).get(path)).toBe(example.get(path));
    }
  });

  it('that was edited by hand is refused: named, with what to do, and nothing else is lost', () => {
    const { refused, ...rest } = sync(edit(example, KAFKA));
    expect(refused).toEqual([
      {
        file: KAFKA,
        position: { line: 1, column: 1 },
        message: 'this generated file was edited by hand',
        remedy: `It is made from environments/dev/environment.yaml: change that file, or add a patch under patches/ beside this one. Then drop what is here: millrace sync --discard ${KAFKA}`,
      },
    ]);
    expect(rest).toEqual({ create: [], update: [], delete: [] });
  });

  it.each([
    [NEXT, 'It is made from apps/order-processor/pipeline.yaml: change that file.'],
    ['environments/dev/argocd/platform/kafka.yaml', 'It is made from environments/dev/environment.yaml: change that file.'],
    [
      'environments/dev/argocd/pipelines/order-processor-flink.yaml',
      'It is made from environments/dev/pipelines/order-processor/placement.yaml: change that file.',
    ],
    [
      'environments/dev/operators/strimzi/values.yaml',
      'It is made from environments/dev/environment.yaml: change that file, or write your own values into own-values.yaml beside this one.',
    ],
    ['tools/schemas/pipeline.schema.json', 'It is made from Millrace itself: each version brings its own.'],
  ])('says what to do instead as its first line does: %s', (path, instead) => {
    const [problem] = sync(edit(example, path)).refused;
    expect(problem?.remedy).toBe(`${instead} Then drop what is here: millrace sync --discard ${path}`);
  });

  it('sends an edit into patches/ only where an overlay reads them', () => {
    const { refused } = sync(Array.from(example.keys()).reduce(edit, example));
    const sent = refused.filter(({ remedy }) => remedy.includes('patches/')).map(({ file = '' }) => file);
    expect(sent.length).toBeGreaterThan(20);
    expect(sent.filter((file) => !example.has(`${dirname(file)}/kustomization.yaml`))).toEqual([]);
  });

  it('that was edited by hand is made again when its edit is dropped, and only that', () => {
    const mine = edit(edit(example, KAFKA), NEXT);
    const { refused, ...rest } = sync(mine, { discard: new Set([KAFKA]) });
    expect(refused.map(({ file }) => file)).toEqual([NEXT]);
    expect(rest.update.map(({ path }) => path)).toEqual([KAFKA]);
    expect(changed(mine, { ...rest, refused })).toEqual(edit(example, NEXT));
  });

  it('that a write left half done is no edit, wherever it was cut', () => {
    const text = textAt(example, KAFKA);
    for (const length of [0, 1, 40, text.indexOf('\n') + 1, text.indexOf('checksum') + 20, Math.floor(text.length / 2), text.length - 1]) {
      const half = withFiles(example, { [KAFKA]: text.slice(0, length) });
      expect(changed(half, sync(half))).toEqual(example);
    }
  });

  it('that is in conflict is no edit while git has it unmerged', () => {
    const conflict = `<<<<<<< HEAD\n${textAt(example, KAFKA)}=======\nother\n>>>>>>> theirs\n`;
    const files = withFiles(example, { [KAFKA]: conflict });
    expect(sync(files).refused).toHaveLength(1);
    expect(changed(files, sync(files, { unmerged: new Map([[KAFKA, 'on both sides']]) }))).toEqual(example);
  });

  it('of which only the checksum is off is repaired: two branches merged cleanly around it', () => {
    const text = textAt(example, KAFKA);
    const files = withFiles(example, { [KAFKA]: text.replace(/checksum: [0-9a-f]{64}/, `checksum: ${'0'.repeat(64)}`) });
    expect(files).not.toEqual(example);
    expect(changed(files, sync(files))).toEqual(example);
  });

  it('of which the body is stale but as Millrace wrote it once is simply made again', () => {
    const grown = replaced(example, 'apps/order-processor/pipeline.yaml', 'compression.type: snappy', 'compression.type: zstd');
    expect(summarize(sync(grown))).toEqual([`M ${NEXT}`]);
  });

  it('whose lines end as on Windows counts as intact', () => {
    const windows = withFiles(example, { [KAFKA]: textAt(example, KAFKA).replaceAll('\n', '\r\n') });
    expect(sync(windows)).toEqual({ create: [], update: [], delete: [], refused: [] });
    const grown = replaced(windows, 'environments/dev/environment.yaml', 'class: standard', 'class: fast');
    expect(sync(grown).refused).toEqual([]);
  });

  it('is not written over a file that somebody else put there', () => {
    const files = withFiles(example, { [KAFKA]: 'kind: Kafka\n' });
    expect(sync(files)).toMatchObject({
      update: [],
      refused: [
        {
          file: KAFKA,
          message: 'this file stands where Millrace wants to write, and Millrace did not write it',
          remedy: `Move your file elsewhere. Then drop what is here: millrace sync --discard ${KAFKA}`,
        },
      ],
    });
    expect(changed(files, sync(files, { discard: new Set([KAFKA]) }))).toEqual(example);
  });
});

describe('the work of another team', () => {
  const topic = { name: 'returns', pipeline: 'order-processor' };
  const theirs = edit(example, 'environments/dev/pipelines/invoices/kafka/topic-invoices.yaml');

  it('goes on beside an edited file that the command does not touch, and the edit stays', () => {
    const { changes, notices } = plan(theirs, 'topic', topic);
    expect(changes.refused).toEqual([]);
    expect(changed(theirs, changes)).toEqual(edit(after(example, 'topic', topic), 'environments/dev/pipelines/invoices/kafka/topic-invoices.yaml'));
    expect(notices.map(({ file }) => file)).toContain('environments/dev/pipelines/invoices/kafka/topic-invoices.yaml');
  });

  it('stops at an edited file that the command would change', () => {
    const { refused } = plan(edit(example, OVERLAY), 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=1'] }).changes;
    expect(refused).toEqual([]);
    const kustomization = 'environments/dev/pipelines/order-processor/kafka/kustomization.yaml';
    expect(plan(edit(example, kustomization), 'topic', topic).changes.refused.map(({ file }) => file)).toEqual([kustomization]);
  });

  it('goes on beside an edited file that nobody wants any more', () => {
    const stale = 'environments/dev/pipelines/invoices/kafka/topic-gone.yaml';
    const files = edit(withFiles(example, { [stale]: example.get('environments/dev/pipelines/invoices/kafka/topic-invoices.yaml') }), stale);
    const { changes } = plan(files, 'topic', topic);
    expect(changes.refused).toEqual([]);
    expect(changed(files, changes).get(stale)).toBe(files.get(stale));
  });

  it('and sync names every edited file', () => {
    const files = edit(theirs, KAFKA);
    expect(sync(files).refused.map(({ file }) => file)).toEqual([KAFKA, 'environments/dev/pipelines/invoices/kafka/topic-invoices.yaml']);
  });
});

describe('what is declared no more', () => {
  const paths = (files: Repository) => summarize(sync(files));

  it('takes its generated files with it: a topic', () => {
    const without = replaced(example, 'apps/order-processor/pipeline.yaml', '  order-totals:\n    partitions: 10\n', '');
    const alone = replaced(without, 'apps/order-processor/pipeline.yaml', '    writes:\n      order-totals:\n        deliveryGuarantee: exactly-once\n', '');
    expect(paths(alone).filter((line) => line.startsWith('D'))).toEqual([
      'D apps/order-processor/next/kafka/topic-order-totals.yaml',
      'D environments/dev/pipelines/order-processor/kafka/topic-order-totals.yaml',
    ]);
  });

  it('takes its generated files with it: a job, in every form', () => {
    const text = textAt(example, 'apps/order-processor/pipeline.yaml');
    const files = withFiles(example, { 'apps/order-processor/pipeline.yaml': text.slice(0, text.indexOf('jobs:')) });
    const gone = paths(files).filter((line) => line.startsWith('D'));
    expect(gone).toEqual(
      [...example.keys()]
        .filter((path) =>
          [
            /^apps\/order-processor\/next\/(?:application|session)\//,
            /^environments\/dev\/pipelines\/order-processor\/flink\//,
            /^environments\/dev\/argocd\/pipelines\/order-processor-flink\.yaml$/,
            /^environments\/dev\/credentials\/.*order-processor\.yaml$/,
          ].some((pattern) => pattern.test(path)),
        )
        .sort()
        .map((path) => `D ${path}`),
    );
    expect(gone.length).toBeGreaterThan(8);
  });

  it('takes its generated files with it: a pipeline, everywhere', () => {
    const files = withoutFolders(example, 'apps/invoices', 'environments/dev/pipelines/invoices');
    const before = repository([...EXAMPLE, ['team', { name: 'billing', namespace: 'billing' }]]);
    expect(files).not.toEqual(before);
    expect(changed(files, sync(files))).toEqual(before);
  });

  it('takes its generated files with it: an environment, which is its folder', () => {
    const files = withoutFolders(example, 'environments/prod');
    expect(isEmpty(sync(files))).toBe(true);
  });

  it('is no reason to delete an edited file silently', () => {
    const path = 'environments/dev/argocd/pipelines/invoices-kafka.yaml';
    const files = edit(withoutFolders(example, 'apps/invoices', 'environments/dev/pipelines/invoices'), path);
    expect(sync(files).refused.map(({ file }) => file)).toEqual([path]);
    expect(changed(files, sync(files, { discard: new Set([path]) })).has(path)).toBe(false);
  });
});

describe("people's files in patches/", () => {
  const patch = `apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
spec:
  config:
    min.insync.replicas: 1
`;
  const folder = 'environments/dev/pipelines/order-processor/kafka';

  it('are named by the overlay, in name order, and stay as they are', () => {
    const files = withFiles(example, {
      [`${folder}/patches/20-b.yaml`]: patch,
      [`${folder}/patches/10-a.yaml`]: patch,
      [`${folder}/patches/README.md`]: 'why\n',
    });
    const now = changed(files, sync(files));
    expect(textAt(now, `${folder}/kustomization.yaml`)).toMatch(/user-flink-app\.yaml\n {2}- path: patches\/10-a\.yaml\n {2}- path: patches\/20-b\.yaml\n$/);
    for (const path of ['20-b.yaml', '10-a.yaml', 'README.md']) expect(now.get(`${folder}/patches/${path}`)).toBe(files.get(`${folder}/patches/${path}`));
    expect(sync(now)).toEqual({ create: [], update: [], delete: [], refused: [] });
  });

  it('are theirs even where they began as a copy of a generated file: sync says what to do, and deletes nothing', () => {
    const copy = textAt(example, KAFKA);
    for (const text of [copy, `${copy}# and mine\n`]) {
      const files = withFiles(example, { 'environments/dev/kafka/patches/kafka.yaml': text });
      expect(refusalOf(() => sync(files)).problems).toEqual([
        {
          file: 'environments/dev/kafka/patches/kafka.yaml',
          position: { line: 1, column: 1 },
          message: 'this patch is a copy of a generated file',
          remedy: 'Remove the two header lines, and all that you do not change.',
        },
      ]);
    }
    const notes = withFiles(example, { 'environments/dev/kafka/patches/kafka.txt': copy });
    expect(isEmpty(sync(notes))).toBe(true);
  });

  it('stay when what they patched goes, and sync says so', () => {
    const files = withFiles(example, { [`${folder}/patches/a.yaml`]: patch.replace('name: orders', 'name: gone') });
    expect(() => sync(files)).toThrow(`${folder}/patches/a.yaml:4:9: this patch matches nothing: there is no KafkaTopic gone in the overlay`);
  });

  it('beside them, files that Millrace did not write stay too', () => {
    const files = withFiles(example, { 'environments/dev/kafka/NOTES.md': 'call Ada\n', 'apps/order-processor/next/notes.txt': 'hm\n' });
    expect(isEmpty(sync(files))).toBe(true);
  });
});

describe('a merge of two generated files', () => {
  const larger = textAt(after(example, 'kafka-cluster', { name: 'kafka-cluster', environment: 'dev', storageClass: 'standard', storageSize: '20Gi' }), POOL);
  const [from = '', sum = '', ...body] = textAt(example, POOL).split('\n');
  const [, otherSum = '', ...otherBody] = larger.split('\n');

  it.each([
    ['at its checksum', [from, '<<<<<<< HEAD', sum, ...body, '=======', otherSum, ...otherBody, '>>>>>>> theirs', '']],
    ['as a whole', ['<<<<<<< HEAD', ...textAt(example, POOL).trimEnd().split('\n'), '=======', ...larger.trimEnd().split('\n'), '>>>>>>> theirs', '']],
    ['with what both began from', [from, '<<<<<<< HEAD', sum, '||||||| 1a2b3c4', '# checksum: 0', '=======', otherSum, '>>>>>>> theirs', ...body]],
  ])('that was committed with its markers is nobody’s work: %s', (_where, lines) => {
    const files = withFiles(example, { [POOL]: lines.join('\n') });
    expect(changed(files, sync(files))).toEqual(example);
    const stale = 'environments/dev/kafka/pool-gone.yaml';
    expect(summarize(sync(withFiles(example, { [stale]: lines.join('\n') })))).toEqual([`D ${stale}`]);
  });

  it('and a file of somebody else is refused still', () => {
    const files = withFiles(example, { [POOL]: `<<<<<<< HEAD\nkind: KafkaNodePool\n=======\n${larger}>>>>>>> theirs\n` });
    expect(sync(files).refused.map(({ file }) => file)).toEqual([POOL]);
  });
});
