import { fieldAt, isList, textAt } from '../../field.js';
import { APP_PROJECT, KAFKA, KAFKA_ACCESS } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listedKind, listsKind } from './projects.js';

export const projectKafkaAccess: ResourceRule = {
  id: 'argocd/project-kafka-access',
  severity: 'warning',
  title: 'Who may not deliver a Kafka may not take the credentials of its users',
  source: 'R69; kafka-access-operator#105: a KafkaAccess of any namespace gets the Secret of any KafkaUser',
  consequence: 'Whoever delivers through the project reads and writes as any user of any Kafka in the cluster, whatever their own ACLs say.',
  fix: 'Take KafkaAccess out of namespaceResourceWhitelist, and deliver it with the platform.',
  reach: 'resource',
  on: [APP_PROJECT],
  *check(project) {
    const { body } = project.resource;
    // Without a list everything is let in, which the platform may need and argocd/project-breadth judges.
    if (!isList(fieldAt(body, 'spec', 'namespaceResourceWhitelist'))) return;
    const index = listedKind(project, 'namespaceResourceWhitelist', KAFKA_ACCESS);
    if (index < 0 || listsKind(project, 'namespaceResourceBlacklist', KAFKA_ACCESS) || listsKind(project, 'namespaceResourceWhitelist', KAFKA)) return;
    const path = ['spec', 'namespaceResourceWhitelist', index];
    const written = `${textAt(body, ...path, 'group') ?? ''}/${textAt(body, ...path, 'kind') ?? ''}`;
    yield { path, message: `project ${project.resource.name} takes KafkaAccess (${written}), and no Kafka` };
  },
  passes: example('{group: kafka.strimzi.io, kind: KafkaUser}'),
  fails: example('{group: access.strimzi.io, kind: KafkaAccess}'),
};

function example(kind: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-orders, namespace: argocd}
spec:
  sourceRepos: [https://git.acme.example/streaming.git]
  destinations: [{server: https://kubernetes.default.svc, namespace: orders}]
  clusterResourceWhitelist: []
  namespaceResourceWhitelist: [{group: kafka.strimzi.io, kind: KafkaTopic}, ${kind}]
`;
}
