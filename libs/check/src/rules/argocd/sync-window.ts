import { cronError } from '@millrace/model';

import { listAt, textAt } from '../../field.js';
import { APP_PROJECT } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const syncWindow: ResourceRule = {
  id: 'argocd/sync-window',
  severity: 'error',
  title: 'A sync window is one that Argo CD can read',
  source: 'R66; argo-cd, types.go (SyncWindows.active, CanSync); robfig/cron, parser.go; Go, time.ParseDuration',
  consequence:
    'No Application of the project syncs any more, by itself or by hand: "invalid sync windows". Where the project holds the Application that brings the correction, somebody has to apply it by hand.',
  fix: 'Write five fields, from minute to day of week (0 to 6), and a duration in hours and minutes: `schedule: "0 18 * * 5"`, `duration: 60h`.',
  reach: 'resource',
  on: [APP_PROJECT],
  *check({ resource: { body } }) {
    for (const index of listAt(body, 'spec', 'syncWindows').keys()) {
      const path = ['spec', 'syncWindows', index];
      const [kind, schedule, duration] = [textAt(body, ...path, 'kind'), textAt(body, ...path, 'schedule'), textAt(body, ...path, 'duration')];
      if (kind !== undefined && kind !== 'allow' && kind !== 'deny' && !isSubstituted(kind)) {
        yield { path: [...path, 'kind'], message: `"${kind}" is no kind of window: allow or deny` };
      }
      const error = schedule === undefined || isSubstituted(schedule) ? undefined : cronError(schedule);
      if (error !== undefined) yield { path: [...path, 'schedule'], message: `"${schedule ?? ''}" cannot be read: ${error}` };
      if (duration !== undefined && !isSubstituted(duration) && !GO_DURATION.test(duration)) {
        yield { path: [...path, 'duration'], message: `"${duration}" is no duration` };
      }
    }
  },
  passes: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: prod.platform, namespace: argocd}
spec:
  syncWindows: [{kind: deny, schedule: '0 18 * * fri', duration: 60h, timeZone: Europe/Berlin, applications: ['*']}]
`,
  fails: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: prod.platform, namespace: argocd}
spec:
  syncWindows: [{kind: deny, schedule: '0 18 * * 7', duration: 60h, applications: ['*']}]
`,
};

const GO_DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
