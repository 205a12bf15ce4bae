import { posix } from 'node:path';

import { APPLICATION, CONFIG_MAP } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { sourceOf, type Universe } from '../../universe.js';
import { waveOf } from './annotations.js';
import { deliveriesOf } from './applications.js';
import { settingsExample } from './settings-example.js';
import { areAlone, healthChecksOf, isSettings, judges } from './settings.js';

export const applicationHealth: ReferenceRule = {
  id: 'argocd/application-health',
  severity: 'warning',
  title: 'Where Applications have waves, Argo CD is told the health of an Application',
  source: 'R51; Argo CD documentation, "Resource Health" (Argocd App): removed in 1.8',
  consequence: 'The waves between Applications do not wait for each other: jobs are applied before their operator is there.',
  fix: 'Add `resource.customizations.health.argoproj.io_Application`, with the script of Argo CD\'s page "Resource Health".',
  reach: 'references',
  on: [CONFIG_MAP],
  *check(subject, universe) {
    if (!isSettings(subject) || !areAlone(subject, universe) || judges(healthChecksOf(subject), APPLICATION)) return;
    const [one, other] = inWaves(subject, universe) ?? [];
    if (one === undefined || other === undefined) return;
    yield {
      path: ['data', 'resource.customizations.health.argoproj.io_Application'],
      message: `Application ${other.resource.name} is in a later wave than ${one.resource.name}, and would not wait for it: an Application has no health here`,
    };
  },
  passes: `${settingsExample(`
resource.customizations.health.argoproj.io_Application: |
  if obj.status ~= nil and obj.status.health ~= nil then
    return {status = obj.status.health.status, message = obj.status.health.message}
  end
  return {status = "Progressing"}`)}${children()}`,
  fails: `${settingsExample('application.resourceTrackingMethod: annotation')}${children()}`,
};

/**
 * Two Applications in different waves that one sync applies, the earlier one first: those of one root, which is what delivers them, or
 * what lies together where the run does not show what does.
 */
function inWaves(settings: Subject, universe: Universe): readonly [Subject, Subject] | undefined {
  const first = new Map<string, { readonly application: Subject; readonly wave: number }>();
  for (const application of universe.near(settings, APPLICATION)) {
    const wave = waveOf(application);
    if (wave === undefined) continue;
    for (const root of rootsOf(application, universe)) {
      const other = first.get(root);
      if (other === undefined) first.set(root, { application, wave });
      else if (other.wave !== wave) return other.wave < wave ? [other.application, application] : [application, other.application];
    }
  }
  return undefined;
}

function rootsOf(application: Subject, universe: Universe): readonly string[] {
  const { origin } = application;
  const roots = deliveriesOf(universe).to(application);
  if (roots.length > 0) return roots.map((root) => `Application ${root.namespace ?? ''}/${root.resource.name}`);
  return [origin.kind === 'file' ? `folder ${posix.dirname(origin.file)}` : sourceOf(origin)];
}

function children(): string {
  const child = (name: string, wave: string): string => `---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd, annotations: {argocd.argoproj.io/sync-wave: "${wave}"}}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: ${name}}
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
`;
  return child('operators', '-10') + child('kafka', '0');
}
