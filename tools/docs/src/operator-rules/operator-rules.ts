/** A rule of what the operators, Argo CD and kustomize really do, by the number that tests, messages and schemas call it. */
export interface OperatorRule {
  readonly number: number;
  readonly about: 'Versions' | 'Kafka' | 'Flink' | 'Argo CD' | 'Credentials' | 'Kustomize' | 'Security and observability' | 'State';
  /** `manifests`: what Millrace makes has to follow it. `check`: it is for what people write, and the check's to find. */
  readonly holdsFor: 'manifests' | 'check';
  readonly says: string;
  /** Why there is no test of it, where it does not apply to what Millrace makes. */
  readonly doesNotApply?: string;
}

/** Why no rule of the check finds that something goes against a rule, by the rule's number. */
export const notFoundByCheck: ReadonlyMap<number, string> = new Map([
  [21, 'That definitions are applied by the server and not pruned is found by the rules of R53 and R57; which of them a cluster has, no manifest says.'],
  [32, 'What a change redeploys shows only beside what was there before: `millrace promote` says it of a release.'],
  [34, 'It is a procedure of people, not a manifest.'],
  [54, 'Which definitions a cluster has before a sync, no manifest says.'],
  [79, "Strimzi's policy lets everybody in where a listener names no peers, which is right where every namespace may come in; who should, no manifest says."],
  [83, 'The uids of operators are in the code of the job, and a job in SQL has none to write.'],
  [85, 'The types of the state and the version of the connector are in the code of the job and in its image.'],
]);

const about =
  (area: OperatorRule['about']) =>
  (number: number, holdsFor: OperatorRule['holdsFor'], says: string, doesNotApply?: string): OperatorRule => ({
    number,
    about: area,
    holdsFor,
    says,
    ...(doesNotApply === undefined ? {} : { doesNotApply }),
  });

const versions = about('Versions');
const kafka = about('Kafka');
const flink = about('Flink');
const argocd = about('Argo CD');
const credentials = about('Credentials');
const kustomize = about('Kustomize');
const security = about('Security and observability');
const state = about('State');

/** All rules, in the order of their numbers. */
export const operatorRules: readonly OperatorRule[] = [
  versions(1, 'manifests', 'An environment names one tested set of versions, and nothing outside of it is made'),
  kafka(2, 'manifests', 'Strimzi resources are kafka.strimzi.io/v1; Strimzi 1 has no other version'),
  kafka(3, 'manifests', 'Nodes are KafkaNodePools; the Kafka resource has neither replicas nor storage, and nothing of ZooKeeper'),
  kafka(4, 'manifests', 'Three controllers or another odd number, on nodes of their own where data matters; their number never changes in place'),
  kafka(5, 'manifests', "Kafka's version and metadata version are both written down, raised in two steps, never lowered"),
  kafka(6, 'manifests', 'Three replicas, two in sync: for topics, offsets and transactions alike, and one broker may always be missing'),
  kafka(7, 'manifests', 'Every resource of Strimzi carries the label of its cluster, in the namespace of that cluster'),
  kafka(8, 'manifests', "Topics and users stand in the namespace of their Kafka cluster, which is no other cluster's"),
  kafka(9, 'check', 'Partitions are never taken away, a topic is never renamed, no two resources declare the same topic'),
  kafka(10, 'check', 'The replication factor of a topic changes only with Cruise Control, which needs two brokers'),
  kafka(11, 'manifests', 'Brokers make no topics by themselves: a typing error of a client is not a topic'),
  kafka(12, 'manifests', 'Deleting a KafkaTopic deletes its data, so a topic is let go of in one commit and removed in the next'),
  kafka(13, 'manifests', 'Every listener authenticates its clients and encrypts; names and ports are those that Strimzi takes'),
  kafka(14, 'manifests', 'Authorization is on, super users are none or one, and no setting is written that Strimzi drops in silence'),
  kafka(15, 'manifests', 'A user may do what its reads and writes need, and nothing more'),
  kafka(16, 'manifests', 'Volumes are persistent, of a named class, kept when the cluster goes; they grow and never shrink'),
  kafka(17, 'manifests', "Nodes are spread over zones and hosts, with resources and a heap of their own; Strimzi's disruption budget is the only one"),
  kafka(18, 'manifests', 'Certificates are renewed in time and brokers restart for them in a window that people chose'),
  kafka(19, 'manifests', "Kafka's metrics come from Strimzi's reporter, and monitors look into the right namespaces"),
  kafka(20, 'manifests', 'Adding and removing brokers moves replicas by itself; no approval of a rebalance is ever committed'),
  kafka(21, 'manifests', 'Definitions of resources are applied before their operator, apart from it, and never pruned'),
  kafka(
    22,
    'manifests',
    'The bindings of an operator name service accounts of the namespace that it really runs in',
    'Operators come from their charts, which name the namespace of their release themselves; Millrace puts no transformer over vendored bindings.',
  ),
  kafka(23, 'manifests', 'An operator watches the namespaces that it is told, no two watch the same one, and pods are made for restricted namespaces'),
  flink(24, 'manifests', 'The Flink version is one that the operator runs, and the image is of the same minor, by tag or digest'),
  flink(25, 'manifests', 'A FlinkDeployment has what the operator requires, a name that it takes, and no setting that it forbids'),
  flink(26, 'manifests', 'A session cluster and an application never share a name, and a session job never changes its cluster'),
  flink(27, 'manifests', 'How state is carried over an upgrade is always written down, with the folders that it needs'),
  flink(28, 'manifests', 'High availability is on in every environment that keeps state, with storage of its own'),
  flink(29, 'manifests', "No setting's name is the start of another's: Flink 2 reads settings as a tree"),
  flink(30, 'manifests', 'Settings are written by their current names, not by deprecated ones'),
  flink(31, 'manifests', 'Settings are flat, quoted and sorted: there are no two spellings of one'),
  flink(32, 'check', 'Some changes redeploy nothing and take effect at the next upgrade only'),
  flink(33, 'manifests', 'The path of an initial savepoint is for one start; it is named in the placement and nowhere else'),
  flink(
    34,
    'manifests',
    'A job moves from a session to an application with its state by a savepoint, within one environment; a change of the mode alone starts it anew',
  ),
  flink(35, 'manifests', 'The jar of an application is in its image; that of a session job is downloaded from where the operator may'),
  flink(36, 'manifests', 'A session cluster comes before its jobs and goes after them, and nothing that concerns one job changes its specification'),
  flink(37, 'manifests', 'Deleting a job takes a savepoint first, and checkpoints stay'),
  flink(38, 'manifests', 'Snapshots are taken by the operator, kept as long as is declared, and are no files in git'),
  flink(39, 'check', "The operator's own rollback leaves git with what failed: it is reverted there"),
  flink(40, 'manifests', "The autoscaler's limits are declared, its decisions are not in git, and the maximum parallelism divides well"),
  flink(41, 'check', 'State that no operator of the job wants is dropped in one commit only, with a savepoint'),
  flink(42, 'check', 'Blue-green deployments run two jobs at once that may fight for one transactional id'),
  flink(43, 'manifests', "The webhook needs cert-manager before it, and its keystore's password is not the chart's default"),
  flink(44, 'manifests', "The operator's chart is that of a release, with its image pinned"),
  flink(45, 'manifests', 'Every namespace of jobs has its service account and role; several operator pods elect a leader'),
  flink(46, 'manifests', 'The main container is called as the operator expects, templates merge by name, and secrets come by reference'),
  flink(47, 'manifests', "Object storage is reached by workload identity, with the plugin of exactly the image's version"),
  flink(48, 'manifests', 'The REST endpoint stays inside the cluster; applications take no jobs over it'),
  argocd(49, 'manifests', 'Argo CD tracks by annotation: labels are passed on by the operators, and what they make would be pruned'),
  argocd(50, 'manifests', "Health of Kafka's and Flink's resources is judged by checks of our own, tested on samples of every state"),
  argocd(51, 'manifests', 'The health of Applications is restored, else waves between them wait for nothing'),
  argocd(52, 'manifests', 'Waves: what others need comes first, and goes last'),
  argocd(53, 'manifests', 'Resources are applied and compared by the server'),
  argocd(54, 'manifests', 'A resource whose definition may not be there yet skips the dry run, itself and not its Application'),
  argocd(55, 'manifests', 'Syncs are automatic, prune, heal and retry, and never leave an Application empty'),
  argocd(56, 'manifests', 'State, restarts and redeployments are commits; no difference is ignored'),
  argocd(57, 'manifests', 'What holds data is deleted only after somebody confirmed it'),
  argocd(58, 'manifests', 'A project may do what its Applications need: repositories, namespaces and kinds by name'),
  argocd(
    59,
    'manifests',
    'ApplicationSets fail on missing values, have a fixed project, and delete nothing by themselves',
    'Millrace makes no ApplicationSet: every Application is a file that a review sees.',
  ),
  argocd(60, 'check', 'Rolling syncs switch automatic syncs off, and leave out what no step matches'),
  argocd(61, 'manifests', 'An Application names every path that its manifests are made from, so that a change elsewhere does not refresh it'),
  argocd(62, 'manifests', 'Namespaces are manifests with their labels, first of all, and guarded'),
  argocd(63, 'manifests', 'Everything from outside is pinned: charts, images, vendored files; no base is remote'),
  argocd(64, 'manifests', 'A chart is an Application of its own, with its values in git; inside of kustomize it would need flags, helm and the network'),
  argocd(65, 'check', 'The source hydrator wants a path of its own for every Application and deterministic output'),
  argocd(66, 'manifests', 'A promotion changes which release an environment pins, and never what the environment itself says'),
  credentials(67, 'manifests', "Credentials are pulled by name, by a store of the job's own namespace; a role lets out those Secrets and no others"),
  credentials(68, 'manifests', 'With a vault, Strimzi and the jobs both read the password from there'),
  credentials(
    69,
    'manifests',
    'KafkaAccess hands the credentials of any user to whoever may create one',
    'Millrace makes none, and its projects do not allow the kind.',
  ),
  credentials(70, 'check', 'Reflected Secrets name the namespaces that they may go to'),
  credentials(71, 'manifests', "A job's client configuration has the names that Kafka's Java client and Strimzi's Secrets use"),
  kustomize(72, 'manifests', 'No prefix or suffix is put before names: references in custom resources would not follow'),
  kustomize(73, 'manifests', 'No transformer is used that misses custom resources: images, replicas, hashed names'),
  kustomize(74, 'manifests', 'A patch never merges into a list of a custom resource: the whole list would be replaced'),
  kustomize(75, 'check', "A schema of one's own replaces the built-in one, and with it the merging of lists"),
  kustomize(76, 'manifests', 'Kustomizations have current fields only'),
  kustomize(77, 'check', 'A namespace is put on cluster-wide custom resources too, where kustomize does not know them'),
  security(78, 'manifests', 'No Secret is in git, nor in what is rendered'),
  security(79, 'manifests', "Listeners of Kafka are open to the namespaces that need them, by Strimzi's own policies"),
  security(80, 'manifests', "Jobs may talk to what they need; Flink's ports are fixed for it"),
  security(81, 'manifests', 'Pods run under the restricted standard'),
  security(82, 'manifests', 'Kafka, the operators and the jobs are watched, and every alert says what to do'),
  state(83, 'manifests', 'Every operator with state has a uid, and a job without them does not start'),
  state(84, 'manifests', 'The maximum parallelism is written down, never changes, and is not below the parallelism'),
  state(85, 'check', 'Types of state evolve by the rules of their serializers; Flink and its connectors are not upgraded at once'),
  state(86, 'manifests', 'No state is shared between environments, or between jobs'),
  state(87, 'manifests', 'Groups and transactional ids are of one job in one environment'),
  state(88, 'manifests', "Brokers allow transactions as long as the sinks' are"),
  state(89, 'manifests', 'A job that writes exactly once may use its transactional ids, and nothing else of that kind'),
  state(90, 'check', 'Raising partitions moves keys, and more parallelism than partitions leaves subtasks idle'),
];
