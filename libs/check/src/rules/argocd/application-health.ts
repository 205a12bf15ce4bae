import { posix } from 'node:path';

import { scalarText, fieldAt } from '../../field.js';
import { APPLICATION, CONFIG_MAP } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { sourceOf, type Universe } from '../../universe.js';
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

/** Two Applications that lie together, for the same root, in different waves: the earlier one first. */
function inWaves(settings: Subject, universe: Universe): readonly [Subject, Subject] | undefined {
  const first = new Map<string, Subject>();
  for (const application of universe.near(settings, APPLICATION)) {
    const { origin } = application;
    const place = origin.kind === 'file' ? posix.dirname(origin.file) : sourceOf(origin);
    const other = first.get(place);
    if (other === undefined) first.set(place, application);
    else if (waveOf(other) !== waveOf(application)) return waveOf(other) < waveOf(application) ? [other, application] : [application, other];
  }
  return undefined;
}

function waveOf({ resource }: Subject): number {
  const wave = Number(scalarText(fieldAt(resource.body, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave')) ?? '0');
  return Number.isInteger(wave) ? wave : 0;
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
