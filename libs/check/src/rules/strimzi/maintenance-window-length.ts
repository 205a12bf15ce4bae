import { quartzError } from '@millrace/model';

import { listAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const maintenanceWindowLength: ResourceRule = {
  id: 'strimzi/maintenance-window-length',
  severity: 'warning',
  title: 'A maintenance window is open for longer than the operator looks away',
  source: 'R18; strimzi-kafka-operator, Util.java (isMaintenanceTimeWindowsSatisfied); Strimzi documentation, con-maintenance-time-window-definition',
  consequence:
    'The expression is the window, not its beginning. The operator looks every two minutes, and finds a window of a second or a minute closed: certificates are renewed by chance, or not at all.',
  fix: 'Write a star for seconds and minutes, and the hours of the window: `"* * 2-3 ? * SUN"`.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const [index, window] of listAt(resource.body, 'spec', 'maintenanceTimeWindows').entries()) {
      if (typeof window !== 'string' || isSubstituted(window) || quartzError(window) !== undefined) continue;
      const [second = '', minute = ''] = window.trim().split(/\s+/);
      const open = /^\d+$/.test(second) ? 'one second of a minute' : /^\d+$/.test(minute) ? 'one minute of an hour' : undefined;
      if (open !== undefined) yield { path: ['spec', 'maintenanceTimeWindows', index], message: `"${window}" is open for ${open} only` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {maintenanceTimeWindows: ['* * 2-3 ? * SUN', '* 30-59 4 ? * SUN']}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {maintenanceTimeWindows: ['0 0 2 ? * SUN']}
`,
};
