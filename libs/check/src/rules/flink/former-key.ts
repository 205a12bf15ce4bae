import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { formatVersion, isAtLeast } from './flink-version.js';
import { keyOverlaps } from './key-overlaps.js';
import { renamed } from './option-names.js';
import { savepointPathKeys } from './savepoint-path-key.js';
import { goneStateBackend } from './state-backend.js';

export const formerKey: ResourceRule = {
  id: 'flink/former-key',
  severity: 'warning',
  title: 'Options are written with the names they have now',
  source: "R30; Flink, the options' withDeprecatedKeys (1.17 to 2.2)",
  consequence: 'Flink still reads the former name and logs a warning. Beside keys that start with it, Flink 2 does not start at all (flink/overlapping-keys).',
  fix: 'Rename the key.',
  reach: 'resource',
  // The configuration of a session job does not say the version.
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink?.version === undefined) return;
    // What another rule says of a key is said once.
    const overlaps = keyOverlaps(flink);
    const told = new Set([
      ...overlaps.flatMap(({ setting, under }) => [setting.key, ...under]),
      goneStateBackend(flink)?.key,
      ...(flink.job === undefined ? [] : savepointPathKeys),
    ]);
    for (const { key, text, path } of flink.settings.all) {
      const present = renamed(key);
      // Flink 1 takes both names, and most of what is written for it has the former one.
      if (
        present === undefined ||
        !isAtLeast(flink.version, 2, 0) ||
        !isAtLeast(flink.version, ...present.since) ||
        told.has(key) ||
        flink.settings.key(present.name) !== undefined
      )
        continue;
      yield {
        path,
        message: `${key} is called ${present.name} in Flink ${formatVersion(flink.version)}`,
        fix: `Write \`${present.name}: ${text}\`.`,
      };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    state.backend.type: rocksdb
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    state.backend.type: rocksdb
    state.checkpoints.dir: s3://orders-prod/order-processor/checkpoints
`,
};
