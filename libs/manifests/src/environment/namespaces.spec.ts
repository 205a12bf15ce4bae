import { expect, it } from 'vitest';

import { Repository } from '../repository.fixture.js';
import { at, documentsOf, EXAMPLE } from '../workspace.fixture.js';

it('a namespace may be called like the file that lists namespaces', () => {
  const repository = new Repository({ ...EXAMPLE, 'millrace.yaml': (EXAMPLE['millrace.yaml'] ?? '').replace('namespace: flink', 'namespace: kustomization') });
  const folder = 'environments/prod/namespaces/';
  expect(at(documentsOf(repository.files.get(`${folder}kustomization.yaml`) ?? '')[0], 'resources')).toEqual([
    'namespace-kafka.yaml',
    'namespace-kustomization.yaml',
  ]);
  expect(repository.one('Namespace', folder, 'kustomization')).toBeDefined();
});
