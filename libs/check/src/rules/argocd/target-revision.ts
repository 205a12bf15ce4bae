import { isPlaceholder } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import type { Universe } from '../../universe.js';
import { WITH_APPLICATION_SPEC } from './application-spec.js';
import { chartNameOf, normalizedRepository, sourcesOf } from './applications.js';

export const targetRevision: ReferenceRule = {
  id: 'argocd/target-revision',
  severity: 'warning',
  title: 'Charts and repositories of others are pinned',
  source: 'R63; Argo CD documentation, "Best Practices" (Ensuring Manifests At Git Revisions Are Truly Immutable) and "Tracking and Deployment Strategies"',
  consequence: 'A release of somebody else is rolled out without a commit of yours, and no revert takes it back.',
  fix: 'Write a version or a tag into targetRevision.',
  reach: 'references',
  on: WITH_APPLICATION_SPEC,
  *check(subject, universe) {
    for (const source of sourcesOf(subject)) {
      const { at: path, repoURL = '', targetRevision: revision = '' } = source;
      if (isPlaceholder(revision + repoURL)) continue;
      const name = chartNameOf(source);
      if (name !== undefined) {
        if (!isRange(revision)) continue;
        yield {
          path: [...path, 'targetRevision'],
          message: `chart ${name} is taken in whatever version ${revision === '' ? 'is the newest' : `"${revision}" allows`}`,
        };
      } else if (/^(?:HEAD|main|master|)$/.test(revision) && isOfOthers(repoURL, universe)) {
        yield { path: [...path, 'targetRevision'], message: `${repoURL} is another owner's repository, taken at ${revision === '' ? 'HEAD' : revision}` };
      }
    }
  },
  passes: example('0.7.0'),
  fails: example('0.*'),
};

/** Whether a chart's version is open: none, or a range. */
function isRange(revision: string): boolean {
  return revision === '' || /[*^~<>|]|\bx\b|\s-\s|^latest$/i.test(revision);
}

/** Whether a repository is of another owner on the same host, or on another host: one's own have branches that one decides on. */
function isOfOthers(repoURL: string, universe: Universe): boolean {
  const own = universe.repository?.repoURL;
  if (own === undefined || !/^https:\/\/(?:github\.com|gitlab\.com)\//.test(repoURL)) return false;
  return ownerOf(own) !== ownerOf(repoURL);
}

function ownerOf(url: string): string {
  return normalizedRepository(url)
    .replace(/^https?:\/\/|^[\w.-]+@/, '')
    .split('/')
    .slice(0, 2)
    .join('/');
}

function example(revision: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: access-operator, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://charts.acme.example, chart: access-operator, targetRevision: ${revision}}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
}
