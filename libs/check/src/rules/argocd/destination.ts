import { fieldAt, hasField, isMap, textAt } from '../../field.js';
import { APPLICATION_SET } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { WITH_APPLICATION_SPEC, applicationSpec } from './application-spec.js';

export const destination: ResourceRule = {
  id: 'argocd/destination',
  severity: 'error',
  title: 'An Application names its cluster by server or by name, and has one kind of source',
  source: 'argo-cd, util/argo/argo.go (GetDestinationServer) and ApplicationSpec.GetSource: `sources` wins over `source`',
  consequence: 'Argo CD refuses the Application (InvalidSpecError), or ignores the source that is not in the list.',
  fix: 'Keep one of destination.server and destination.name, and one of source and sources.',
  reach: 'resource',
  on: WITH_APPLICATION_SPEC,
  *check(subject) {
    const { at, spec } = applicationSpec(subject);
    const target = fieldAt(spec, 'destination');
    if (isMap(target)) {
      const [server, name] = [textAt(target, 'server') ?? '', textAt(target, 'name') ?? ''];
      if (server !== '' && name !== '')
        yield { path: [...at, 'destination', 'name'], message: `the destination has both a server (${server}) and a name (${name})` };
      // A patch of a template, or generators, may fill in what is not there.
      const isWhole = subject.groupKind !== APPLICATION_SET;
      if (isWhole && server === '' && name === '') {
        yield {
          path: [...at, 'destination', 'server'],
          message: `the destination has neither a server nor a name; it has ${Object.keys(target).join(', ') || 'nothing'}`,
          fix: 'Write the address of the cluster into destination.server, or its name in Argo CD into destination.name: `server: https://kubernetes.default.svc` is the one that Argo CD runs in.',
        };
      }
    }
    if (hasField(spec, 'source') && hasField(spec, 'sources') && !hasField(spec, 'sourceHydrator')) {
      yield { path: [...at, 'source'], message: 'there are both source and sources: Argo CD takes only sources' };
    }
  },
  passes: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: kafka, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: environments/prod/kafka}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`,
  fails: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: kafka, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: environments/prod/kafka}
  destination: {server: https://kubernetes.default.svc, name: in-cluster, namespace: kafka}
`,
};
