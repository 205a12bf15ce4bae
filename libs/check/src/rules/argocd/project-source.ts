import { textsAt } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { sourcesOf } from './applications.js';
import { projectExample } from './project-example.js';
import { permitsSource, projectOf } from './projects.js';

export const projectSource: ReferenceRule = {
  id: 'argocd/project-source',
  severity: 'error',
  title: 'A project lets in the repositories of its Applications',
  source: 'R58; argo-cd, app_project_types.go (IsSourcePermitted)',
  consequence: 'Argo CD does not sync the Application: "application repo ... is not permitted in project".',
  fix: 'Add the repository to spec.sourceRepos of the AppProject, or take the right repository or project.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const project = projectOf(subject, universe);
    if (project === undefined || textsAt(project.resource.body, 'spec', 'sourceRepos').some(isPlaceholder)) return;
    for (const { at, repoURL } of sourcesOf(subject)) {
      if (repoURL === undefined || repoURL === '' || isPlaceholder(repoURL) || permitsSource(project, repoURL)) continue;
      yield {
        path: [...at, 'repoURL'],
        message: `project ${project.resource.name} does not let in ${repoURL}, but ${textsAt(project.resource.body, 'spec', 'sourceRepos').join(', ') || 'no repository'}`,
      };
    }
  },
  passes: projectExample(`
sourceRepos: [https://git.acme.example/streaming.git]
destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]`),
  fails: projectExample(`
sourceRepos: [https://git.acme.example/platform.git]
destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]`),
};
