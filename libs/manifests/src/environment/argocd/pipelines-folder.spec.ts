import { readProvenance } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { manifests } from '../../manifests.js';
import { EXAMPLE, workspaceOf } from '../../workspace.fixture.js';

describe('the folder that the root of the pipelines reads', () => {
  it('is there in every environment, with or without a pipeline', () => {
    const workspace = workspaceOf(EXAMPLE);
    for (const placements of [workspace.placements, new Map()]) {
      const files = manifests({ ...workspace, placements });
      expect(workspace.environments.size).toBeGreaterThan(1);
      for (const name of workspace.environments.keys()) {
        const text = files.get(`environments/${name}/argocd/pipelines/.gitkeep`) ?? '';
        expect(readProvenance(text).kind).toBe('intact');
        expect(files.get(`environments/${name}/argocd/root-pipelines.yaml`)).toContain(`path: environments/${name}/argocd/pipelines\n`);
      }
    }
  });
});
