import { hasField, mapAt, textAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { clusterOf, deliveriesOf } from '../argocd/applications.js';
import { settingsAt, type Setting } from '../flink/settings.js';

const DEPLOYMENT = 'flink.apache.org/FlinkDeployment';
const SESSION_JOB = 'flink.apache.org/FlinkSessionJob';
const HIGH_AVAILABILITY = 'high-availability.storageDir';
const DIRECTORIES = [HIGH_AVAILABILITY, 'execution.checkpointing.dir', 'execution.checkpointing.savepoint-dir'];

export const jobStorage: ReferenceRule = {
  id: 'references/job-storage',
  severity: 'error',
  title: 'Jobs of different environments keep their state in different places',
  source:
    "R86; Apache Flink, HighAvailabilityServicesUtils (storage directory and cluster id); flink-kubernetes-operator sets kubernetes.cluster-id to the resource's name",
  consequence:
    'One cluster overwrites or, when it is deleted, deletes the recovery data of the other; a savepoint of one environment brings its Kafka offsets into the other.',
  fix: 'Put the environment and the job into the path: s3://<bucket>/<environment>/<job>/...',
  reach: 'references',
  on: [DEPLOYMENT, SESSION_JOB],
  *check(subject, universe) {
    const mine = directoriesOf(subject);
    const others = [...universe.of(DEPLOYMENT), ...universe.of(SESSION_JOB)].filter((other) => other !== subject);
    for (const [option, setting] of mine) {
      for (const other of others) {
        const its = directoriesOf(other).get(option);
        if (its === undefined || normalized(its.text) !== normalized(setting.text)) continue;
        if (!isApart(subject, other, option, universe)) continue;
        yield { path: setting.path, message: `${setting.key} is ${setting.text}, which ${placed(other, subject)} has too` };
        break;
      }
    }
    yield* savepointOfOthers(subject, others);
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink-staging}
spec:
  flinkConfiguration: {high-availability.type: kubernetes, high-availability.storageDir: s3://flink/staging/order-processor/ha}
  job: {jarURI: local:///opt/flink/usrlib/order-processor.jar}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink-prod}
spec:
  flinkConfiguration: {high-availability.type: kubernetes, high-availability.storageDir: s3://flink/prod/order-processor/ha}
  job: {jarURI: local:///opt/flink/usrlib/order-processor.jar}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink-staging}
spec:
  flinkConfiguration: {high-availability.type: kubernetes, high-availability.storageDir: s3://flink/ha}
  job: {jarURI: local:///opt/flink/usrlib/order-processor.jar}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink-prod}
spec:
  flinkConfiguration: {high-availability.type: kubernetes, high-availability.storageDir: s3://flink/ha}
  job: {jarURI: local:///opt/flink/usrlib/order-processor.jar}
`,
};

const known = new WeakMap<Subject, ReadonlyMap<string, Setting>>();

/** The directories that a job names in a storage that several clusters reach. */
function directoriesOf(subject: Subject): ReadonlyMap<string, Setting> {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const settings = settingsAt(mapAt(subject.resource.body, 'spec'), ['spec']);
  const found = new Map<string, Setting>();
  for (const option of DIRECTORIES) {
    const setting = settings.option(option);
    if (setting !== undefined && isShared(setting.text)) found.set(option, setting);
  }
  known.set(subject, found);
  return found;
}

/** Whether a place is one for all clusters; `file:` is a volume of the pod, and HDFS without a host is the cluster's own. */
function isShared(text: string): boolean {
  return /^(?:s3|s3a|s3p|gs|abfss?|wasbs?|oss):\/\/[^/]/.test(text) && !/\$|\{\{|</.test(text);
}

function normalized(text: string): string {
  return text.replace(/^s3[ap]:/, 's3:').replace(/\/+$/, '');
}

/** Whether two are two that run at once, and not the same one in two shapes; what they may share depends on the directory. */
function isApart(one: Subject, other: Subject, option: string, universe: Universe): boolean {
  // Flink puts a job's checkpoints into a folder of the job's id: jobs of one environment may share the directory above.
  if (one.scope !== other.scope) return option !== HIGH_AVAILABILITY || one.resource.name === other.resource.name;
  if (option !== HIGH_AVAILABILITY || one.resource.name !== other.resource.name) return false;
  if (one.namespace !== undefined && other.namespace !== undefined && one.namespace !== other.namespace) return true;
  const deliveries = deliveriesOf(universe);
  return deliveries.to(one).some((first) =>
    deliveries.to(other).some((second) => {
      const [here, there] = [clusterOf(first), clusterOf(second)];
      return here !== undefined && there !== undefined && here !== there;
    }),
  );
}

function* savepointOfOthers(subject: Subject, others: readonly Subject[]) {
  const path = ['spec', 'job', 'initialSavepointPath'];
  const savepoint = textAt(subject.resource.body, ...path);
  if (savepoint === undefined || !hasField(subject.resource.body, ...path)) return;
  const isUnder = (directories: ReadonlyMap<string, Setting>): boolean =>
    [...directories.values()].some(({ text }) => `${normalized(savepoint)}/`.startsWith(`${normalized(text)}/`));
  if (isUnder(directoriesOf(subject))) return;
  const other = others.find((each) => each.scope !== subject.scope && isUnder(directoriesOf(each)));
  if (other !== undefined) yield { path, message: `the job starts from ${savepoint}, which belongs to ${placed(other, subject)}` };
}

function placed(other: Subject, from: Subject): string {
  return other.scope === from.scope || other.scope === '' ? nameOf(other) : `${nameOf(other)} of ${other.scope}`;
}
