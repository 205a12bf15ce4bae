import { describe, expect, it } from 'vitest';

import { manifests } from '../../manifests.js';
import { at, documentsOf, EVERYTHING, EXAMPLE, isRecord, workspaceOf } from '../../workspace.fixture.js';
import { HEALTH_CHECKS, healthChecks } from './health-checks.js';

const files = [EXAMPLE, EVERYTHING].map((texts) => manifests(workspaceOf(texts)));
const settings = files.flatMap((made) =>
  [...made].filter(([path]) => path.endsWith('/argocd/settings/argocd-cm.yaml')).map(([path, text]) => ({ path, text, body: documentsOf(text)[0] })),
);
const applications = files.flatMap((made) =>
  [...made].flatMap(([path, text]) => (path.includes('/argocd/') ? documentsOf(text) : [])).filter((body) => at(body, 'kind') === 'Application'),
);
const ofSettings = (body: unknown) => String(at(body, 'spec', 'source', 'path')).endsWith('/argocd/settings');

describe("Argo CD's settings", () => {
  it('R49: track by annotation, and have nothing of Argo CD but that and the health checks', () => {
    expect(settings.length).toBeGreaterThan(3);
    for (const { body } of settings) {
      const data = at(body, 'data');
      expect(isRecord(data) && Object.keys(data).sort()).toEqual(['application.resourceTrackingMethod', ...Object.keys(healthChecks(1))].sort());
      expect(at(body, 'data', 'application.resourceTrackingMethod')).toBe('annotation');
    }
  });

  it.each(HEALTH_CHECKS)('R50, R51: have the health check of %s as it was tested, as a text that can be read', (groupKind) => {
    const key = `resource.customizations.health.${groupKind}`;
    for (const { body, text } of settings) {
      expect(at(body, 'data', key)).toBe(healthChecks(1)[key]);
      expect(text).toContain(`\n  ${key}: |\n    -- Health of `);
    }
  });

  it('R53: are merged into what Argo CD has, and never prune, delete or replace it', () => {
    for (const { body } of settings) {
      expect(at(body, 'metadata', 'name')).toBe('argocd-cm');
      expect(at(body, 'metadata', 'labels')).toEqual({ 'app.kubernetes.io/part-of': 'argocd' });
      expect(at(body, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')).toBe('ServerSideApply=true,Prune=false,Delete=false');
      // Held by .ci/argocd, with the API server's own code: without it a sync removes what a client-side apply has made.
      expect(at(body, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')).toBe('{}');
    }
    const own = applications.filter(ofSettings);
    expect(own.length).toBe(settings.length);
    for (const body of own)
      expect(at(body, 'spec', 'syncPolicy', 'syncOptions')).toEqual(['ServerSideApply=true', 'FailOnSharedResource=true', 'ClientSideApplyMigration=false']);
  });

  it('R53: everything else takes over what was applied on the client before', () => {
    const others = applications.filter((body) => !ofSettings(body));
    expect(others.length).toBeGreaterThan(20);
    for (const body of others)
      expect(at(body, 'spec', 'syncPolicy', 'syncOptions')).toEqual(expect.arrayContaining(['ServerSideApply=true', 'FailOnSharedResource=true']));
    for (const body of others) expect(at(body, 'spec', 'syncPolicy', 'syncOptions')).not.toContain('ClientSideApplyMigration=false');
  });
});
