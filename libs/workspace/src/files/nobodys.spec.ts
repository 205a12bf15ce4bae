import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { isEmpty } from '../changes.js';
import { applyFileEdits } from '../file-edit.js';
import { folderWith, refusalOf, withFiles, writeAll } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { EXAMPLE, repository } from '../testing.js';
import { diskFiles } from './disk.js';

const example = repository(EXAMPLE);
const BINARY = Buffer.from([0, 0, 0, 1, 0xff, 0xfe, 0x80]);
describe('what a file manager or an editor left', () => {
  it.each(['.DS_Store', '.kafka.yaml.swp', 'kafka.yaml~', '._kafka.yaml'])('stops nothing, wherever it lies: %s', (name) => {
    using folder = folderWith(example);
    for (const place of ['.', 'environments', 'environments/dev', 'environments/dev/kafka', 'apps/order-processor/next/kafka', 'apps']) {
      writeFileSync(join(folder.root, place, name), BINARY);
    }
    writeAll(folder.root, new Map([['environments/dev/kafka/patches/x', '']]));
    writeFileSync(join(folder.root, 'environments/dev/kafka/patches', `${name}.yaml`.replace(/~\.yaml$/, '.yaml~')), BINARY);
    const { changes } = planSync(diskFiles(folder.root));
    expect({ empty: isEmpty(changes), refused: changes.refused }).toEqual({ empty: true, refused: [] });
  });

  it('makes no environment and no pipeline of a folder', () => {
    using folder = folderWith(withFiles(example, { 'environments/gone/kafka/.DS_Store': '', 'apps/gone/.DS_Store': '' }));
    expect(isEmpty(planSync(diskFiles(folder.root)).changes)).toBe(true);
  });
});

describe('a .gitkeep', () => {
  it('is a file as any other: what is generated goes when nobody wants it any more', () => {
    const path = 'environments/prod/argocd/pipelines/.gitkeep';
    const text = example.get(path) ?? '';
    expect(text).not.toBe('');
    using folder = folderWith(withFiles(example, { 'environments/dev/kafka/.gitkeep': text }));
    expect(planSync(diskFiles(folder.root)).changes.delete).toMatchObject([{ path: 'environments/dev/kafka/.gitkeep' }]);
    expect(applyFileEdits(diskFiles(folder.root), [{ kind: 'remove-generated', file: 'environments/prod/argocd' }]).get(path)).toBeNull();
  });
});

describe('a file that is no text', () => {
  it("is nobody's where only generated files are looked for", () => {
    using folder = folderWith(example);
    writeFileSync(join(folder.root, 'environments/dev/kafka/diagram.png'), BINARY);
    expect(isEmpty(planSync(diskFiles(folder.root)).changes)).toBe(true);
  });

  it('keeps its folder from being removed with what is generated', () => {
    using folder = folderWith(example);
    const path = 'environments/dev/kafka/diagram.png';
    writeFileSync(join(folder.root, path), BINARY);
    const error = refusalOf(() => applyFileEdits(diskFiles(folder.root), [{ kind: 'remove-generated', file: 'environments/dev/kafka' }]));
    expect(error).toMatchObject({ exitCode: 1, problems: [{ file: path }] });
  });
});
