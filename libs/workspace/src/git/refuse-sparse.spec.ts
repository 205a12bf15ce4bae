import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { committed, git } from '../git.fixture.js';
import { folderWith, refusalOf, writeAll } from '../repository.fixture.js';
import { refuseSparse } from './refuse-sparse.js';

const files = new Map([
  ['millrace.yaml', ''],
  ['apps/pay/pipeline.yaml', ''],
  ['environments/dev/environment.yaml', ''],
  ['environments/prod/environment.yaml', ''],
  ['environments/prod/pipelines/pay/placement.yaml', ''],
  ['website/index.html', ''],
]);

describe.each([
  ['the root', '.'],
  ['a folder', 'platform/streaming'],
])('a sparse checkout of a git repository, at %s', (_what, below) => {
  it('is refused where it leaves out what is declared, with what has to be added', () => {
    using folder = folderWith(new Map([['top.txt', '']]));
    const root = join(folder.root, below);
    writeAll(root, files);
    committed(folder.root);
    refuseSparse(root);
    git(root, 'sparse-checkout', 'set', '--cone', 'apps', 'environments/dev');
    expect(refusalOf(() => refuseSparse(root))).toMatchObject({
      kind: 'refused',
      problems: [
        {
          file: 'environments/prod/environment.yaml',
          message: 'this checkout is sparse, and this file is left out of it, as are 1 more: what is not here would count as gone',
          remedy: 'Have all that is declared: git sparse-checkout add environments',
        },
      ],
    });
    git(root, 'sparse-checkout', 'add', 'environments');
    refuseSparse(root);
  });
});
