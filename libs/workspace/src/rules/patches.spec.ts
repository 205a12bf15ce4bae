import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { refusalOf, textAt, withFiles } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { EXAMPLE, repository } from '../testing.js';

const example = repository(EXAMPLE);
const PATCH = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {timeout.reconciliation: 60s}\n';

describe('a patch', () => {
  it.each([
    ['environments/prod/credentials', 'Remove it: who may read which Secret'],
    ['environments/prod/argocd/platform', 'Remove it: Applications and projects'],
    ['environments/prod/argocd/pipelines', 'Remove it: Applications and projects'],
    ['environments/prod/operators', 'Remove it, or move it into patches/ beside the kustomization.yaml'],
    ['environments/prod/observability', 'Remove it, or move it into patches/ beside the kustomization.yaml'],
  ])('that nothing reads is refused: in %s', (folder, remedy) => {
    const file = `${folder}/patches/a.yaml`;
    const files = withFiles(example, { [file]: PATCH });
    const { problems } = refusalOf(() => planSync(memoryFiles(files)));
    expect(problems).toMatchObject([{ file, message: `nothing reads this patch: ${folder} is no overlay` }]);
    expect(problems[0]?.remedy).toContain(remedy);
  });

  it("of Argo CD's settings takes effect", () => {
    const files = withFiles(example, { 'environments/prod/argocd/settings/patches/a.yaml': PATCH });
    const { changes } = planSync(memoryFiles(files));
    const [changed] = [...changes.update].filter(({ path }) => path === 'environments/prod/argocd/settings/kustomization.yaml');
    expect(textAt(files, 'environments/prod/argocd/settings/kustomization.yaml')).not.toContain('patches/a.yaml');
    expect(changed?.text).toContain('  - path: patches/a.yaml\n');
  });
});
