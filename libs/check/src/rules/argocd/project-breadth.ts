import { listAt, textAt, textsAt } from '../../field.js';
import { APP_PROJECT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const projectBreadth: ResourceRule = {
  id: 'argocd/project-breadth',
  severity: 'warning',
  title: 'A project does not let everything from everywhere into everything',
  source: 'R58; Argo CD documentation, "Projects" and "Security": who can write into Argo CD\'s own namespace is its administrator',
  consequence: "Whoever can write an Application of the project, or to any repository, can make anything in any namespace, Argo CD's own included.",
  fix: 'List the repositories, the namespaces and the cluster-scoped kinds that the project needs.',
  reach: 'resource',
  on: [APP_PROJECT],
  *check({ resource }) {
    // Argo CD makes the project `default` itself, with everything in it.
    if (resource.name === 'default') return;
    const repositories = textsAt(resource.body, 'spec', 'sourceRepos');
    const anywhere = listAt(resource.body, 'spec', 'destinations').findIndex(
      (item) => textAt(item, 'namespace') === '*' && [textAt(item, 'server'), textAt(item, 'name')].includes('*'),
    );
    const denied = listAt(resource.body, 'spec', 'destinations').some((item) =>
      ['namespace', 'server', 'name'].some((field) => textAt(item, field)?.startsWith('!')),
    );
    const everything = listAt(resource.body, 'spec', 'clusterResourceWhitelist').some((item) => textAt(item, 'group') === '*' && textAt(item, 'kind') === '*');
    if (!repositories.includes('*') || repositories.some((url) => url.startsWith('!')) || anywhere < 0 || denied || !everything) return;
    yield {
      path: ['spec', 'destinations', anywhere],
      message: `project ${resource.name} lets every kind of every repository into every namespace of every cluster`,
    };
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
  destinations: [{server: '*', namespace: '*'}]
  clusterResourceWhitelist: [{group: '*', kind: '*'}]
`,
};
