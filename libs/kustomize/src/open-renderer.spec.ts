import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRenderer } from './open-renderer.js';
import type { RenderedOverlay } from './rendered.js';
import type { Renderer } from './renderer.js';
import { readResources } from './resource.js';
import { pipelineFiles, pipelineOverlay } from './testing/pipeline-files.js';
import { temporaryRepository } from './testing/temporary-repository.js';

async function rendered(renderer: Renderer, overlay: string): Promise<RenderedOverlay> {
  const result = await renderer.render(overlay);
  if (result.kind === 'failed') throw new Error(`${overlay}: ${result.message}`);
  return result;
}

async function refusal(renderer: Renderer, overlay: string): Promise<string> {
  const result = await renderer.render(overlay);
  if (result.kind === 'rendered') throw new Error(`${overlay} was rendered`);
  expect(result.reason).toBe('refused');
  return result.message;
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: plain}\n';

describe('rendering an overlay', () => {
  it('gives the base with what the overlay says of it', async () => {
    using repository = temporaryRepository(pipelineFiles);
    await using renderer = openRenderer({ source: { root: repository.root } });
    const { yaml, warnings } = await rendered(renderer, pipelineOverlay);
    expect(yaml).toContain('parallelism: 12');
    expect(yaml).toContain('state.backend.type: rocksdb');
    expect(yaml).toContain('taskmanager.numberOfTaskSlots: "2"');
    expect(yaml).toContain('max.message.bytes: 9223372036854775807');
    expect(yaml.match(/namespace: shop/g)).toHaveLength(3);
    expect(warnings).toEqual([]);
  });

  it('renders many at once, each with its own result', async () => {
    const files: Record<string, string> = { 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': configMap };
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    for (const name of names) files[`${name}/kustomization.yaml`] = `resources: [../base]\nnamePrefix: ${name}-\n`;
    using repository = temporaryRepository(files);
    await using renderer = openRenderer({ source: { root: repository.root }, workers: 3 });
    const results = await Promise.all(names.map((name) => rendered(renderer, name)));
    expect(results.map(({ yaml }) => /name: (.*)/.exec(yaml)?.[1])).toEqual(names.map((name) => `${name}-settings`));
  });

  it('does not depend on where the repository lies, nor on the time', async () => {
    using one = temporaryRepository(pipelineFiles);
    using other = temporaryRepository(pipelineFiles);
    const results: RenderedOverlay[] = [];
    for (const { root } of [one, other]) {
      await using renderer = openRenderer({ source: { root } });
      results.push(await rendered(renderer, pipelineOverlay));
    }
    expect(results[0]).toEqual(results[1]);
  });

  it('takes the folder with or without dots and slashes, and the root itself', async () => {
    using repository = temporaryRepository({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': configMap });
    await using renderer = openRenderer({ source: { root: repository.root } });
    for (const overlay of ['', '.', './', 'x/..']) expect((await rendered(renderer, overlay)).overlay).toBe('');
  });

  it('passes on what kustomize warns about', async () => {
    using repository = temporaryRepository({ 'o/kustomization.yaml': 'commonLabels: {a: b}\nresources: [a.yaml]\n', 'o/a.yaml': configMap });
    await using renderer = openRenderer({ source: { root: repository.root } });
    expect((await rendered(renderer, 'o')).warnings).toEqual([expect.stringContaining("'commonLabels' is deprecated")]);
  });

  it('keeps an overlay that brings its own OpenAPI schema apart from the next one', async () => {
    const schema = { definitions: { pod: { type: 'object', 'x-kubernetes-group-version-kind': [{ group: '', kind: 'Pod', version: 'v1' }] } } };
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: a}, {name: b, image: b}]}\n';
    const patch = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: c}]}\n';
    using repository = temporaryRepository({
      'plain/kustomization.yaml': 'resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n',
      'plain/pod.yaml': pod,
      'plain/patch.yaml': patch,
      'own/kustomization.yaml': 'openapi: {path: schema.json}\nresources: [pod.yaml]\npatches: [{path: patch.yaml}]\n',
      'own/pod.yaml': pod,
      'own/patch.yaml': patch,
      'own/schema.json': JSON.stringify(schema),
    });
    await using fresh = openRenderer({ source: { root: repository.root }, workers: 1 });
    const own = await rendered(fresh, 'own');
    expect(own.yaml).not.toContain('name: b');
    expect((await rendered(fresh, 'plain')).yaml).toContain('name: b');
    expect((await rendered(fresh, 'own')).yaml).toBe(own.yaml);
  });
});

describe('a change that is not on the disk', () => {
  it('overrides, adds and deletes files', async () => {
    using repository = temporaryRepository({ 'o/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'o/a.yaml': configMap, 'o/b.yaml': '' });
    const changes = new Map([
      ['o/kustomization.yaml', 'resources: [a.yaml, ../new/base]\n'],
      ['o/a.yaml', configMap.replace('plain', 'changed')],
      ['o/b.yaml', null],
      ['new/base/kustomization.yaml', 'resources: [c.yaml]\n'],
      ['new/base/c.yaml', configMap.replace('{name: settings}', '{name: added, annotations: {note: 🌊}}')],
    ]);
    await using renderer = openRenderer({ source: { root: repository.root, changes } });
    const { yaml, inputs } = await rendered(renderer, 'o');
    expect(yaml).toContain('mode: changed');
    expect(readResources(yaml).find(({ name }) => name === 'added')?.body).toMatchObject({ metadata: { annotations: { note: '🌊' } } });
    expect(inputs).toEqual(['new/base/c.yaml', 'new/base/kustomization.yaml', 'o/a.yaml', 'o/kustomization.yaml']);
  });

  it('makes a deleted file absent for whoever names it', async () => {
    using repository = temporaryRepository(pipelineFiles);
    const changes = new Map([['bases/orders/topic.yaml', null]]);
    await using renderer = openRenderer({ source: { root: repository.root, changes } });
    expect(await refusal(renderer, pipelineOverlay)).toContain('bases/orders/topic.yaml');
  });

  it('is refused outside the repository, and by engines that render what is on disk', () => {
    using repository = temporaryRepository({});
    const open = (changes: ReadonlyMap<string, string | null>) => () => openRenderer({ source: { root: repository.root, changes } });
    expect(open(new Map([['../x.yaml', '']]))).toThrow('../x.yaml leaves the repository');
    expect(open(new Map([['/x.yaml', '']]))).toThrow('/x.yaml is absolute');
    const source = { root: repository.root, changes: new Map([['x.yaml', '']]) };
    expect(() => openRenderer({ source, engine: 'kubectl' })).toThrow('kubectl renders what is on disk');
  });
});

describe('an overlay that kustomize refuses', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a missing base', { 'o/kustomization.yaml': 'resources: [../bases/nope]\n' }, ['bases/nope', 'No such file']],
    ['a missing overlay', {}, ['open o: No such file']],
    ['a folder without kustomization', { 'o/a.yaml': configMap }, ["unable to find one of 'kustomization.yaml'", "directory 'o'"]],
    ['a kustomization that is not YAML', { 'o/kustomization.yaml': 'resources: [\n' }, ['yaml: line 1']],
    ['a resource that is not YAML', { 'o/kustomization.yaml': 'resources: [a.yaml]\n', 'o/a.yaml': 'a: [\n' }, ['a.yaml', 'yaml: line 1']],
    [
      'a patch without target',
      { 'o/kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n', 'o/a.yaml': configMap, 'o/p.yaml': configMap.replace('settings', 'other') },
      ['no matches for Id ConfigMap.v1.[noGrp]/other'],
    ],
    ['a file of another folder', { 'o/kustomization.yaml': 'resources: [../x/a.yaml]\n', 'x/a.yaml': configMap }, ["file 'x/a.yaml' is not in or below 'o'"]],
    ['a cycle', { 'o/kustomization.yaml': 'resources: [../o]\n' }, ['cycle detected']],
    ['helm', { 'o/kustomization.yaml': 'helmCharts: [{name: x}]\n' }, ['must specify --enable-helm']],
    [
      'a plugin',
      { 'o/kustomization.yaml': 'generators: [g.yaml]\n', 'o/g.yaml': 'apiVersion: x/v1\nkind: G\nmetadata: {name: g}\n' },
      ['external plugins disabled'],
    ],
  ];
  it.each(cases)('%s', async (_what, files, says) => {
    using repository = temporaryRepository(files);
    await using renderer = openRenderer({ source: { root: repository.root } });
    const message = await refusal(renderer, 'o');
    for (const text of says) expect(message).toContain(text);
    expect(message).not.toContain('<repository>');
  });

  const remotes = ['https://example.com/org/base?ref=v1', 'github.com/org/repo//base?ref=v1', 'git@github.com:org/repo.git'];
  it.each(remotes)('a remote base is named and not fetched: %s', async (address) => {
    using repository = temporaryRepository({
      'resource/kustomization.yaml': `resources: ["${address}"]\n`,
      'component/kustomization.yaml': `components: ["${address}"]\n`,
    });
    await using renderer = openRenderer({ source: { root: repository.root } });
    for (const overlay of ['resource', 'component']) {
      const message = await refusal(renderer, overlay);
      expect(message).toContain(address);
      expect(message).toContain('remote bases are not fetched');
    }
  });

  it('a remote file is named and not fetched', async () => {
    using repository = temporaryRepository({ 'o/kustomization.yaml': 'resources: ["https://example.com/x.yaml"]\n' });
    await using renderer = openRenderer({ source: { root: repository.root } });
    expect(await refusal(renderer, 'o')).toContain('Get "https://example.com/x.yaml": remote files are not fetched');
  });
});

describe('what lies outside the repository', () => {
  it('is not read through ..', async () => {
    using repository = temporaryRepository({
      'o/kustomization.yaml': 'resources: [../../beside]\n',
      'far/kustomization.yaml': 'resources: [../../../../../../../../etc]\n',
      'back/kustomization.yaml': 'resources: [../../repository/ok]\n',
      'ok/kustomization.yaml': 'resources: [a.yaml]\n',
      'ok/a.yaml': configMap,
      '../beside/kustomization.yaml': 'resources: [a.yaml]\n',
      '../beside/a.yaml': configMap,
    });
    await using renderer = openRenderer({ source: { root: repository.root } });
    expect(await refusal(renderer, 'o')).toContain("'../../beside': /beside leaves the repository");
    expect(await refusal(renderer, 'far')).toContain('/etc leaves the repository');
    // Whether this folder exists would hang on the name of the clone's folder.
    expect(await refusal(renderer, 'back')).toContain('/repository/ok leaves the repository');
    expect(await refusal(renderer, '../beside')).toBe('../beside leaves the repository');
    expect(await refusal(renderer, '/etc')).toContain('/etc is absolute');
  });

  it('is not read through symbolic links', async () => {
    using repository = temporaryRepository({
      'file/kustomization.yaml': 'resources: [a.yaml]\n',
      'folder/kustomization.yaml': 'resources: [../linked]\n',
      'loop/kustomization.yaml': 'resources: [a.yaml]\n',
      '../beside/kustomization.yaml': 'resources: [a.yaml]\n',
      '../beside/a.yaml': configMap,
    });
    repository.link('file/a.yaml', '/etc/hostname');
    repository.link('linked', '../beside');
    repository.link('overlay', path.join(repository.root, '../beside'));
    repository.link('loop/a.yaml', 'a.yaml');
    await using renderer = openRenderer({ source: { root: repository.root } });
    expect(await refusal(renderer, 'file')).toContain('file/a.yaml is a symbolic link to /etc/hostname, which leaves the repository');
    expect(await refusal(renderer, 'folder')).toContain('linked is a symbolic link to ../beside, which leaves the repository');
    expect(await refusal(renderer, 'overlay')).toContain('which leaves the repository');
    expect(await refusal(renderer, 'loop')).toContain('too many symbolic links');
  });

  it.skipIf(process.platform === 'win32')('a pipe is refused, not waited for', async () => {
    using repository = temporaryRepository({ 'o/kustomization.yaml': 'resources: [a.yaml]\n' });
    execFileSync('mkfifo', [path.join(repository.root, 'o/a.yaml')]);
    await using renderer = openRenderer({ source: { root: repository.root } });
    expect(await refusal(renderer, 'o')).toContain('o/a.yaml is neither a file nor a folder');
  });
});

describe('the inputs of an overlay', () => {
  it('are the files it read, and no others', async () => {
    using repository = temporaryRepository({ ...pipelineFiles, 'bases/orders/README.md': 'unused', 'bases/payments/kustomization.yaml': '' });
    await using renderer = openRenderer({ source: { root: repository.root } });
    const { inputs, absent } = await rendered(renderer, pipelineOverlay);
    expect(inputs).toEqual(Object.keys(pipelineFiles).sort());
    expect(absent).toEqual(['bases/orders', pipelineOverlay].flatMap((folder) => [`${folder}/Kustomization`, `${folder}/kustomization.yml`]));
  });

  it('are exact: without any one of them the result is another, whatever else changes it is the same', async () => {
    using repository = temporaryRepository({ ...pipelineFiles, 'bases/orders/README.md': 'unused', 'bases/orders/other.sql': 'unused' });
    const { root } = repository;
    const before = await (async () => {
      await using renderer = openRenderer({ source: { root } });
      return await rendered(renderer, pipelineOverlay);
    })();
    repository.write({ 'bases/orders/README.md': 'touched', 'bases/orders/other.sql': 'touched', 'environments/prod/added.yaml': 'new' });
    rmSync(path.join(root, 'bases/orders/other.sql'));
    await using after = openRenderer({ source: { root } });
    expect(await rendered(after, pipelineOverlay)).toEqual(before);

    for (const input of before.inputs ?? []) {
      const text = readFileSync(path.join(root, input), 'utf8');
      rmSync(path.join(root, input));
      await using without = openRenderer({ source: { root } });
      expect((await without.render(pipelineOverlay)).kind, `without ${input}`).toBe('failed');
      writeFileSync(path.join(root, input), text);
    }
    for (const path of before.absent ?? []) {
      await using second = openRenderer({ source: { root, changes: new Map([[path, 'resources: []\n']]) } });
      expect((await second.render(pipelineOverlay)).kind, `with ${path}`).toBe('failed');
    }
  });

  it('count for each overlay alone, though files are read once', async () => {
    using repository = temporaryRepository({
      ...pipelineFiles,
      'environments/test/orders/kustomization.yaml': 'resources: [../../../bases/orders]\n',
    });
    await using renderer = openRenderer({ source: { root: repository.root }, workers: 1 });
    const [prod, test] = [await rendered(renderer, pipelineOverlay), await rendered(renderer, 'environments/test/orders')];
    expect(prod.inputs).not.toContain('environments/test/orders/kustomization.yaml');
    expect(test.inputs).toEqual([
      ...Object.keys(pipelineFiles)
        .filter((file) => file.startsWith('bases/'))
        .sort(),
      'environments/test/orders/kustomization.yaml',
    ]);
  });

  it('have the symbolic links that were followed as well as what they lead to', async () => {
    using repository = temporaryRepository({
      'o/kustomization.yaml': 'resources: [../current]\n',
      'versions/1/kustomization.yaml': 'resources: [a.yaml]\n',
      'versions/1/a.yaml': configMap,
    });
    repository.link('current', 'versions/1');
    await using renderer = openRenderer({ source: { root: repository.root } });
    const { inputs } = await rendered(renderer, 'o');
    expect(inputs).toEqual(['current', 'o/kustomization.yaml', 'versions/1/a.yaml', 'versions/1/kustomization.yaml']);
  });
});

describe('a build that does not end well', () => {
  it('is ended at the time limit, alone', async () => {
    using repository = temporaryRepository(pipelineFiles);
    // No thread starts within a millisecond, so this never depends on how fast the build is.
    await using hasty = openRenderer({ source: { root: repository.root }, timeoutMs: 1, workers: 1 });
    const late = { kind: 'failed', overlay: pipelineOverlay, reason: 'timeout', message: `${pipelineOverlay} took longer than 1 ms` };
    expect(await Promise.all([hasty.render(pipelineOverlay), hasty.render(pipelineOverlay)])).toEqual([late, late]);
  });

  it('is ended in the midst of its work, and the next overlay gets a new worker', async () => {
    const endless = Array.from({ length: 20_000 }, (_, index) => configMap.replace('settings', `s${index}`)).join('---\n');
    using repository = temporaryRepository({ ...pipelineFiles, 'endless/kustomization.yaml': 'resources: [a.yaml]\n', 'endless/a.yaml': endless });
    // kustomize compares each resource with each: this takes minutes, and the other less than the limit on any machine.
    await using renderer = openRenderer({ source: { root: repository.root }, timeoutMs: 8_000, workers: 1 });
    const [slow, quick] = await Promise.all([renderer.render('endless'), renderer.render(pipelineOverlay)]);
    expect(slow).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(quick.kind).toBe('rendered');
  }, 60_000);

  it('costs that overlay only when kustomize panics', async () => {
    using repository = temporaryRepository({
      ...pipelineFiles,
      'broken/kustomization.yaml': 'openapi: {path: schema.json}\nresources: [a.yaml]\npatches: [{path: a.yaml}]\n',
      'broken/a.yaml': configMap,
      'broken/schema.json': '{"definitions": 3}',
    });
    await using renderer = openRenderer({ source: { root: repository.root }, workers: 1 });
    const before = await rendered(renderer, pipelineOverlay);
    const broken = await renderer.render('broken');
    expect(broken).toMatchObject({ kind: 'failed', reason: 'crashed' });
    expect(JSON.stringify(broken)).toContain('invalid schema file');
    expect(await rendered(renderer, pipelineOverlay)).toEqual(before);
  });
});

describe('closing', () => {
  it('gives up what is under way and takes nothing more', async () => {
    using repository = temporaryRepository(pipelineFiles);
    const renderer = openRenderer({ source: { root: repository.root }, workers: 1 });
    await renderer.render(pipelineOverlay);
    const underWay = [renderer.render(pipelineOverlay), renderer.render(pipelineOverlay)];
    const results = Promise.allSettled(underWay);
    await renderer.close();
    await renderer.close();
    for (const result of await results) expect(result.status).toBe('rejected');
    await expect(renderer.render(pipelineOverlay)).rejects.toThrow('closed');
  });

  it('may be forgotten: the process ends by itself', () => {
    using repository = temporaryRepository(pipelineFiles);
    const program = `
      const { openRenderer } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
      const result = await openRenderer({ source: { root: ${JSON.stringify(repository.root)} } }).render('${pipelineOverlay}');
      console.log(result.kind);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', stdio: 'pipe' });
    expect(output).toBe('rendered\n');
  });
});

describe('opening', () => {
  it('refuses what cannot work', () => {
    using repository = temporaryRepository({});
    const source = { root: repository.root };
    expect(() => openRenderer({ source: { root: path.join(repository.root, 'nope') } })).toThrow('ENOENT');
    expect(() => openRenderer({ source, workers: 0 })).toThrow('workers');
    expect(() => openRenderer({ source, timeoutMs: Number.NaN })).toThrow('timeoutMs');
  });
});
