import { listAt, textAt, textsAt } from '../../field.js';
import { APP_PROJECT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { IN_CLUSTER, matches, permitsDestination } from './projects.js';

export const projectBreadth: ResourceRule = {
  id: 'argocd/project-breadth',
  severity: 'warning',
  title: 'A project names its repositories, its namespaces and its cluster-scoped kinds',
  source: 'R58; Argo CD documentation, "Projects" and "Security": who can write into Argo CD\'s own namespace is its administrator',
  consequence: "Whoever can write an Application of the project, or to any repository, can make anything in any namespace, Argo CD's own included.",
  fix: 'List the repositories, the namespaces and the cluster-scoped kinds that the project needs.',
  reach: 'resource',
  on: [APP_PROJECT],
  *check(subject) {
    const { resource } = subject;
    // Argo CD makes the project `default` itself, with everything in it.
    if (resource.name === 'default') return;
    const anyone = textsAt(resource.body, 'spec', 'sourceRepos').indexOf('*');
    if (anyone >= 0) {
      yield {
        path: ['spec', 'sourceRepos', anyone],
        message: `project ${resource.name} takes manifests from every repository, also of others`,
        fix: 'List the addresses of the repositories under sourceRepos.',
      };
    }
    const own = reachesArgoCd(subject);
    if (own >= 0) {
      const written = textAt(resource.body, 'spec', 'destinations', own, 'namespace') ?? '';
      yield {
        path: ['spec', 'destinations', own, 'namespace'],
        message: `project ${resource.name} delivers into the namespaces "${written}", and so into that of Argo CD: who writes there is its administrator`,
        fix: `List the namespaces that the project needs, or deny Argo CD's own with a destination whose namespace is "!${argoCdNamespace(subject)}".`,
      };
    }
    const everything = listAt(resource.body, 'spec', 'clusterResourceWhitelist').findIndex(
      (item) => textAt(item, 'group') === '*' && textAt(item, 'kind') === '*' && (textAt(item, 'name') ?? '*') === '*',
    );
    if (everything >= 0) {
      yield {
        path: ['spec', 'clusterResourceWhitelist', everything],
        message: `project ${resource.name} delivers every kind of the cluster, also a ClusterRoleBinding that lets it do all else`,
        fix: 'List the cluster-scoped kinds that the project needs, for example `{group: "", kind: Namespace}`; a team needs none.',
      };
    }
  },
  passes: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-orders, namespace: argocd}
spec:
  sourceRepos: [https://git.acme.example/streaming.git]
  destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]
  clusterResourceWhitelist: []
`,
  fails: `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-orders, namespace: argocd}
spec:
  sourceRepos: ['*']
  destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]
  clusterResourceWhitelist: []
`,
};

/** A project lies in the namespace of its Argo CD. */
function argoCdNamespace({ namespace }: Subject): string {
  return namespace ?? 'argocd';
}

/**
 * The destination that lets a project into Argo CD's own namespace by a pattern, or -1: one that names it means it, as the project of a
 * root Application has to; and another destination may deny it.
 */
function reachesArgoCd(project: Subject): number {
  const namespace = argoCdNamespace(project);
  if (permitsDestination(project, { ...IN_CLUSTER, namespace }) !== true) return -1;
  return listAt(project.resource.body, 'spec', 'destinations').findIndex((item) => {
    const pattern = textAt(item, 'namespace') ?? '';
    const isHere = matches(textAt(item, 'server') ?? '', IN_CLUSTER.server) || matches(textAt(item, 'name') ?? '', IN_CLUSTER.name);
    return isHere && pattern !== namespace && !pattern.startsWith('!') && matches(pattern, namespace);
  });
}
