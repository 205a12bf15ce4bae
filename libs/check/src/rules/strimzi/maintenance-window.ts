import { quartzError } from '@millrace/model';

import { listAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const maintenanceWindow: ResourceRule = {
  id: 'strimzi/maintenance-window',
  severity: 'error',
  title: 'A maintenance window is a cron expression of Quartz',
  source: 'R18; strimzi-kafka-operator, Util.java (isMaintenanceTimeWindowsSatisfied); Quartz, CronExpression.java',
  consequence:
    'The operator logs a warning and takes no window as open, this one or any after it. Certificates are renewed only in windows before it in the list: where there is none, they expire.',
  fix: 'Write six fields, from seconds to day of week, with "?" for one of the two days: `"* * 2-3 ? * SUN"`. Times are UTC.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const [index, window] of listAt(resource.body, 'spec', 'maintenanceTimeWindows').entries()) {
      if (typeof window !== 'string' || isSubstituted(window)) continue;
      const error = quartzError(window);
      if (error !== undefined) yield { path: ['spec', 'maintenanceTimeWindows', index], message: `"${window}" cannot be read: ${error}` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {maintenanceTimeWindows: ['* * 0-1 ? * SUN,MON,TUE *']}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {maintenanceTimeWindows: ['0 2 * * SUN']}
`,
};
