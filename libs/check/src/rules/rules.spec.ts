import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { openRenderer, readResources } from '@millrace/kustomize';
import { describe, expect, it } from 'vitest';

import { builtAs, layersOf } from '../sources/kustomization.js';
import { KustomizationReader } from '../sources/read-kustomizations.js';
import { readManifests } from '../sources/read-manifests.js';
import type { Example, Rule } from '../rule.js';
import { Universe, type RepositoryView } from '../universe.js';
import { rules } from './index.js';

/** What a rule alone says of an example; `root` is the folder of an example that has several files. */
async function said(rule: Rule, example: Example): Promise<readonly string[]> {
  if (rule.reach === 'kustomization') return await saidOfFiles(rule, typeof example === 'string' ? { 'kustomization.yaml': example } : example);
  if (rule.reach === 'reported') throw new Error(`${rule.id} is tested where it is reported`);
  const files = typeof example === 'string' ? { 'example.yaml': example } : example;
  const subjects = Object.entries(files).flatMap(([file, text]) => {
    // As in a Millrace repository, an environment has a scope of its own, and is known in full.
    const reading = readManifests(file, text, environmentOf(file));
    if (/(?:kustomization|values)\.yaml$/.test(file)) return [];
    if (reading.kind !== 'manifests') throw new Error(`${rule.id}: ${file} has no resources: ${JSON.stringify(reading)}`);
    return reading.subjects;
  });
  const environments = new Set(subjects.map(({ scope }) => scope).filter((scope) => scope !== ''));
  const universe = new Universe(subjects, environments, repositoryOf(files));
  return subjects
    .filter(({ groupKind }) => rule.on === 'any' || rule.on.includes(groupKind))
    .flatMap((subject) => [...(rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe))].map(({ message }) => message));
}

function environmentOf(file: string): string {
  return /^environments\/([^/]+)\//.exec(file)?.[1] ?? '';
}

/** An example's files as Argo CD would find them. */
function repositoryOf(files: Readonly<Record<string, string>>): RepositoryView {
  const reader = new KustomizationReader({ read: (path) => files[path] });
  return {
    exists: (path) => Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`)),
    repoURL: 'https://git.acme.example/streaming.git',
    textOf: (path) => files[path],
    graphOf: (path) => {
      const root = reader.read(path);
      return root === undefined ? [] : layersOf(root).map(({ folder }) => folder);
    },
  };
}

async function saidOfFiles(rule: Rule & { reach: 'kustomization' }, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), 'millrace-rule-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text.replace(/^\n/, ''));
    }
    const reader = new KustomizationReader({ read: (path) => files[path] });
    const folder = 'overlay/kustomization.yaml' in files ? 'overlay' : '.';
    const kustomization = reader.read(folder);
    if (kustomization === undefined) throw new Error(`${rule.id}: the example has neither kustomization.yaml nor overlay/kustomization.yaml`);
    await using renderer = openRenderer({ source: { root }, workers: 1 });
    const rendered = await renderer.render(folder);
    const resources = rendered.kind === 'rendered' ? readResources(rendered.yaml) : undefined;
    return [...rule.check(resources === undefined ? kustomization : builtAs(kustomization, resources))].map(({ message }) => message);
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe.each(rules.filter(({ reach }) => reach !== 'reported').map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it('says nothing of the example that passes', async () => {
    expect(await said(rule, rule.passes)).toEqual([]);
  });

  it('finds the example that fails', async () => {
    expect(await said(rule, rule.fails)).not.toEqual([]);
  });
});

describe('the rules', () => {
  it('have ids of one form, each once', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id) => !/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s says where it is known from, what happens and what to do', (_id, rule) => {
    expect(rule.source).toMatch(/\S/);
    for (const text of [rule.consequence, rule.fix]) expect(text).toMatch(/^[A-Z`"].*\.$/s);
    expect(rule.title).toMatch(/^[A-Z`"].*[^.]$/s);
  });
});
