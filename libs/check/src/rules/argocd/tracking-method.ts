import { textAt } from '../../field.js';
import { CONFIG_MAP } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { settingsExample } from './settings-example.js';
import { isSettings } from './settings.js';

export const trackingMethod: ResourceRule = {
  id: 'argocd/tracking-method',
  severity: 'warning',
  title: 'Argo CD tells by an annotation what belongs to an Application, not by a label',
  source: 'R49; Argo CD documentation, "Resource Tracking"; strimzi-kafka-operator#5690, #9554, #11635',
  consequence: 'Operators pass labels on to what they make. Argo CD takes that for a part of the Application, finds that it is not in git, and prunes it.',
  fix: 'Write `application.resourceTrackingMethod: annotation`, which is also the default.',
  reach: 'resource',
  on: [CONFIG_MAP],
  *check(subject) {
    const path = ['data', 'application.resourceTrackingMethod'];
    if (!isSettings(subject) || textAt(subject.resource.body, ...path) !== 'label') return;
    yield { path, message: 'application.resourceTrackingMethod is label, where annotation was expected' };
  },
  passes: settingsExample('application.resourceTrackingMethod: annotation'),
  fails: settingsExample('application.resourceTrackingMethod: label'),
};
