import { textAt } from '../../field.js';
import { foldersAbove } from '../../folders-above.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isPlaceholder } from '../../placeholder.js';
import type { Offence, ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { deliveriesOf, destinationCluster } from '../argocd/applications.js';
import { flinkSpecOf, JOBS, specPathOf } from '../flink/flink-spec.js';
import type { Setting } from '../flink/settings.js';

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
  reach: 'environments',
  on: JOBS,
  *check(subject, universe) {
    const { directories, byDirectory } = storage(universe);
    const mine = directories.get(subject) ?? new Map<string, Setting>();
    for (const [option, setting] of mine) {
      const others = byDirectory.all(keyOf(option, setting.text, subject));
      const other = others.find((each) => each !== subject && isApart(subject, each, option, universe));
      if (other !== undefined) yield { path: setting.path, message: `${setting.key} is ${setting.text}, which ${placed(other, subject)} has too` };
    }
    yield* savepointOfOthers(subject, mine, universe);
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

/** The directories of all jobs, and the jobs by them. */
const storage = oncePerUniverse((universe) => {
  const jobs = JOBS.flatMap((kind) => universe.of(kind));
  const directories = new Map(jobs.map((job) => [job, directoriesOf(job)]));
  const settingsOf = (job: Subject): readonly (readonly [option: string, setting: Setting])[] => [...(directories.get(job) ?? [])];
  const standing = new Map<string, number>();
  return {
    directories,
    byDirectory: new OrderedIndex(jobs, (job) =>
      settingsOf(job).flatMap(([option, { text }]) => {
        // Many share a directory: of those that are alike to all others two will do, since one of them may be who asks.
        const key = keyOf(option, text, job);
        const alike = `${key}\n${option === HIGH_AVAILABILITY ? whereabouts(job, universe) : job.scope}`;
        const count = (standing.get(alike) ?? 0) + 1;
        standing.set(alike, count);
        return count <= 2 ? [key] : [];
      }),
    ),
  };
});

/** Jobs by any directory of theirs, one of a scope: who looks for them is of another. */
const owners = oncePerUniverse((universe) => {
  const told = new Set<string>();
  return new OrderedIndex(storage(universe).directories, ([{ scope }, directories]) =>
    [...new Set([...directories.values()].map(({ text }) => normalized(text)))].filter((directory) => {
      const key = `${scope}\n${directory}`;
      const isFirst = !told.has(key);
      told.add(key);
      return isFirst;
    }),
  );
});

/** Jobs that may share a directory by mistake: with a storage for high availability, those of one name. */
function keyOf(option: string, text: string, { resource }: Subject): string {
  return [option, normalized(text), option === HIGH_AVAILABILITY ? resource.name : ''].join('\n');
}

/** All that {@link isApart} knows of a job, beside its name. */
function whereabouts(job: Subject, universe: Universe): string {
  const clusters = new Set(
    deliveriesOf(universe)
      .to(job)
      .map((application) => destinationCluster(application) ?? ''),
  );
  return [job.scope, job.namespace ?? '', ...[...clusters].sort()].join('\n');
}

/** The directories that a job names in a storage that several clusters reach. */
function directoriesOf(subject: Subject): ReadonlyMap<string, Setting> {
  const settings = flinkSpecOf(subject)?.settings;
  const found = new Map<string, Setting>();
  for (const option of DIRECTORIES) {
    const setting = settings?.option(option);
    if (setting !== undefined && isShared(setting.text)) found.set(option, setting);
  }
  return found;
}

/** Whether a place is one for all clusters; `file:` is a volume of the pod, and HDFS without a host is the cluster's own. */
function isShared(text: string): boolean {
  return /^(?:s3|s3a|s3p|gs|abfss?|wasbs?|oss):\/\/[^/]/.test(text) && !isPlaceholder(text);
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
      const [here, there] = [destinationCluster(first), destinationCluster(second)];
      return here !== undefined && there !== undefined && here !== there;
    }),
  );
}

function* savepointOfOthers(subject: Subject, mine: ReadonlyMap<string, Setting>, universe: Universe): Generator<Offence> {
  const path = [...specPathOf(subject.groupKind), 'job', 'initialSavepointPath'];
  const savepoint = textAt(subject.resource.body, ...path);
  if (savepoint === undefined) return;
  const place = normalized(savepoint);
  const folders = [...foldersAbove(place), place];
  if ([...mine.values()].some(({ text }) => folders.includes(normalized(text)))) return;
  const found = owners(universe).first(folders, ([other]) => other.scope !== subject.scope);
  if (found !== undefined) yield { path, message: `the job starts from ${savepoint}, which belongs to ${placed(found[0], subject)}` };
}

function placed(other: Subject, from: Subject): string {
  return other.scope === from.scope || other.scope === '' ? nameOf(other) : `${nameOf(other)} of ${other.scope}`;
}
