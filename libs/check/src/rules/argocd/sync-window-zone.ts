import { timeZoneError } from '@millrace/model';

import { listAt, textAt } from '../../field.js';
import { APP_PROJECT } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const syncWindowZone: ResourceRule = {
  id: 'argocd/sync-window-zone',
  severity: 'error',
  title: 'A sync window is in a time zone that there is',
  source: 'R66; argo-cd, types.go (scheduleOffsetByTimeZone)',
  consequence: 'Argo CD takes UTC and says so in its log only: what should be frozen syncs, hours too early or too late.',
  fix: 'Write the name as the time zone database has it, for example `timeZone: Europe/Berlin`.',
  reach: 'resource',
  on: [APP_PROJECT],
  *check({ resource: { body } }) {
    for (const index of listAt(body, 'spec', 'syncWindows').keys()) {
      const path = ['spec', 'syncWindows', index, 'timeZone'];
      const zone = textAt(body, ...path);
      const error = zone === undefined || zone === '' || isSubstituted(zone) ? undefined : timeZoneError(zone);
      if (error !== undefined) yield { path, message: `"${zone ?? ''}": ${error}` };
    }
  },
  passes: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: prod.platform, namespace: argocd}
spec:
  syncWindows: [{kind: deny, schedule: '0 18 * * 5', duration: 60h, timeZone: Europe/Berlin, applications: ['*']}]
`,
  fails: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: prod.platform, namespace: argocd}
spec:
  syncWindows: [{kind: deny, schedule: '0 18 * * 5', duration: 60h, timeZone: Europe/Berlinn, applications: ['*']}]
`,
};
