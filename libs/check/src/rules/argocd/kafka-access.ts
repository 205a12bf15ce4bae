import { fieldAt, isList, textAt } from '../../field.js';
import { KAFKA, KAFKA_ACCESS, USER } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { agrees, type Universe } from '../../universe.js';
import { deliveriesOf } from './applications.js';
import { listsKind, projectOf } from './projects.js';

export const kafkaAccess: ReferenceRule = {
  id: 'argocd/kafka-access',
  severity: 'warning',
  title: "A KafkaAccess of a team hands out the team's own user",
  source: 'R69; kafka-access-operator#105: a KafkaAccess of any namespace gets the Secret of any KafkaUser',
  consequence: "The team signs in as somebody else: it has the other's rights, and Kafka's logs, quotas and ACLs take the one for the other.",
  fix: 'Name a KafkaUser that the same project delivers, or deliver the KafkaAccess with the platform.',
  reach: 'references',
  on: [KAFKA_ACCESS],
  *check(subject, universe) {
    const path = ['spec', 'user', 'name'];
    const { body } = subject.resource;
    const name = textAt(body, ...path);
    if (name === undefined || (textAt(body, 'spec', 'user', 'kind') ?? 'KafkaUser') !== 'KafkaUser') return;
    const mine = projectsOf(subject, universe);
    // Who delivers the Kafka has its users anyway.
    if (mine === undefined || mine.some((project) => !isOfTeam(project))) return;
    const users = universe.called(subject, USER, name).filter((user) => agrees(user.namespace, textAt(body, 'spec', 'user', 'namespace') ?? subject.namespace));
    const [user] = users;
    const theirs = user === undefined || users.length > 1 ? undefined : projectsOf(user, universe);
    if (theirs === undefined || theirs.some((project) => mine.includes(project))) return;
    const names = (projects: readonly Subject[]): string => projects.map(({ resource }) => resource.name).join(', ');
    yield { path, message: `the KafkaUser ${name} is delivered by project ${names(theirs)}, the KafkaAccess by ${names(mine)}` };
  },
  passes: example('orders'),
  fails: example('billing'),
};

/** The projects of the Applications that deliver a resource; undefined where there is none, or one that the run does not have. */
function projectsOf(subject: Subject, universe: Universe): readonly Subject[] | undefined {
  const projects = deliveriesOf(universe)
    .to(subject)
    .map((application) => projectOf(application, universe));
  const known = projects.filter((project) => project !== undefined);
  return known.length === 0 || known.length < projects.length ? undefined : known;
}

/** Whether a project lists its kinds, and a Kafka is none of them. */
function isOfTeam(project: Subject): boolean {
  return isList(fieldAt(project.resource.body, 'spec', 'namespaceResourceWhitelist')) && !listsKind(project, 'namespaceResourceWhitelist', KAFKA);
}

function example(user: string): Record<string, string> {
  const project = (name: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-${name}, namespace: argocd}
spec:
  sourceRepos: [https://git.acme.example/streaming.git]
  destinations: [{server: https://kubernetes.default.svc, namespace: kafka}, {server: https://kubernetes.default.svc, namespace: ${name}}]
  clusterResourceWhitelist: []
  namespaceResourceWhitelist: [{group: kafka.strimzi.io, kind: KafkaUser}, {group: access.strimzi.io, kind: KafkaAccess}]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: team-${name}
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: ${name}}
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
`;
  const kafkaUser = (name: string): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: ${name}, namespace: kafka, labels: {strimzi.io/cluster: events}}
spec: {authentication: {type: scram-sha-512}}
`;
  return {
    'argocd/teams.yaml': `${project('orders')}---${project('billing')}`,
    'orders/user.yaml': kafkaUser('orders'),
    'billing/user.yaml': kafkaUser('billing'),
    'orders/access.yaml': `
apiVersion: access.strimzi.io/v1alpha1
kind: KafkaAccess
metadata: {name: events, namespace: orders}
spec:
  kafka: {name: events, namespace: kafka}
  user: {kind: KafkaUser, apiGroup: kafka.strimzi.io, name: ${user}, namespace: kafka}
`,
  };
}
