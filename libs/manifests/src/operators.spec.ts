import { describe, expect, it } from 'vitest';

import { annotation, list, nameOf, record, Repository, wave } from './repository.fixture.js';
import { at, documentsOf, EXAMPLE, type Texts } from './workspace.fixture.js';

const PROD = 'environments/prod/';
const ENVIRONMENT = `${PROD}environment.yaml`;

/** The example with something said of the operators of prod, and of the environment itself. */
function withOperators(operators: string, more: Texts = {}, environment = ''): Repository {
  return new Repository({ ...EXAMPLE, [ENVIRONMENT]: `${EXAMPLE[ENVIRONMENT] ?? ''}operators: ${operators}\n${environment}`, ...more });
}

const example = new Repository(EXAMPLE);
const values = (repository: Repository, operator: string, folder = PROD): unknown =>
  documentsOf(repository.files.get(`${folder}operators/${operator}/values.yaml`) ?? '')[0];
const application = (repository: Repository, name: string): unknown => repository.one('Application', `${PROD}argocd/`, name);
const policies = (repository: Repository, operator: string): readonly unknown[] => repository.all('NetworkPolicy', `${PROD}operators/${operator}/`);
/** The operator's own default configuration, setting by setting. */
function configuration(repository: Repository): Readonly<Record<string, string>> {
  const text = String(at(values(repository, 'flink'), 'defaultConfiguration', 'flink-conf.yaml'));
  return Object.fromEntries(text.split('\n').flatMap((line) => (line === '' ? [] : [[line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]])));
}

const OPERATORS = ['cert-manager', 'external-secrets', 'strimzi', 'flink'];

describe('the definitions of an operator', () => {
  it.each(OPERATORS)('R21: are an Application of their own, from a tag, and nothing prunes or deletes them: %s', (operator) => {
    const body = application(example, `prod.${operator}.crds`);
    expect(at(body, 'spec', 'source', 'targetRevision')).toMatch(/^(?:v|release-)?\d+\.\d+\.\d+$/);
    expect(at(body, 'spec', 'source', 'repoURL')).toMatch(/^https:\/\//);
    expect(at(body, 'metadata', 'finalizers')).toBeUndefined();
    expect(at(body, 'spec', 'syncPolicy', 'automated', 'prune')).toBe(false);
    expect(at(body, 'spec', 'syncPolicy', 'syncOptions')).toEqual(expect.arrayContaining(['ServerSideApply=true', 'Prune=false', 'Delete=false']));
  });

  it.each(OPERATORS)('R21: never come with the chart: %s', (operator) => {
    expect(at(application(example, `prod.${operator}.operator`), 'spec', 'sources', 0, 'helm', 'skipCrds')).toBe(true);
  });

  it('R21: never come from the templates of a chart either', () => {
    expect(at(values(example, 'cert-manager'), 'crds', 'enabled')).toBe(false);
    for (const operator of ['cert-manager', 'external-secrets']) expect(at(values(example, operator), 'installCRDs')).toBe(false);
  });

  it('R21: the one empty mapping of Strimzi 1.2.0 is no difference, and only there', () => {
    expect(at(application(example, 'prod.strimzi.crds'), 'spec', 'ignoreDifferences')).toEqual([
      {
        group: 'apiextensions.k8s.io',
        kind: 'CustomResourceDefinition',
        name: 'kafkas.kafka.strimzi.io',
        jsonPointers: ['/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/clusterSecurity/properties'],
      },
    ]);
    const older = new Repository({ ...EXAMPLE, [ENVIRONMENT]: (EXAMPLE[ENVIRONMENT] ?? '').replace('"2026.11"', '"2026.08"') });
    expect(at(application(older, 'prod.strimzi.crds'), 'spec', 'ignoreDifferences')).toBeUndefined();
    expect(at(application(older, 'prod.strimzi.crds'), 'spec', 'source', 'targetRevision')).toBe('1.1.0');
  });
});

describe('the chart of an operator', () => {
  it('R44, R63: is one version, and the image of the Flink operator too', () => {
    for (const operator of OPERATORS) {
      expect(at(application(example, `prod.${operator}.operator`), 'spec', 'sources', 0, 'targetRevision')).toMatch(/^v?\d+\.\d+\.\d+$/);
    }
    expect(at(values(example, 'flink'), 'image')).toEqual({ repository: 'ghcr.io/apache/flink-kubernetes-operator', tag: '1.15.0' });
  });

  it('R64: takes its values from this repository, and then those of a person, where there are any', () => {
    const [chart, own] = list(at(application(example, 'prod.strimzi.operator'), 'spec', 'sources'));
    expect(at(chart, 'helm', 'valueFiles')).toEqual([
      '$values/environments/prod/operators/strimzi/values.yaml',
      '$values/environments/prod/operators/strimzi/own-values.yaml',
    ]);
    expect(at(chart, 'helm', 'ignoreMissingValueFiles')).toBe(true);
    expect(own).toMatchObject({ path: 'environments/prod/operators/strimzi', ref: 'values' });
    expect([...example.files.keys()]).toContain('environments/prod/operators/strimzi/values.yaml');
    expect([...example.files.keys()].filter((path) => path.endsWith('own-values.yaml'))).toEqual([]);
    const kustomization = documentsOf(example.files.get(`${PROD}operators/strimzi/kustomization.yaml`) ?? '')[0];
    expect(at(kustomization, 'resources')).toEqual(['namespace.yaml', 'network-policies.yaml']);
  });

  it.each([
    ['oci://registry.acme.example/charts', { repoURL: 'oci://registry.acme.example/charts/cert-manager', path: '.' }],
    ['registry.acme.example/charts', { repoURL: 'registry.acme.example/charts', chart: 'cert-manager' }],
    ['https://charts.acme.example/jetstack', { repoURL: 'https://charts.acme.example/jetstack', chart: 'cert-manager' }],
  ])('R63: can come from a mirror, and its definitions too: %s', (chart, source) => {
    const mirrored = withOperators(`{cert-manager: {chart: "${chart}", crds: "https://git.acme.example/mirrors/cert-manager.git"}}`);
    expect(at(application(mirrored, 'prod.cert-manager.operator'), 'spec', 'sources', 0)).toMatchObject(source);
    expect(at(application(mirrored, 'prod.cert-manager.crds'), 'spec', 'source', 'repoURL')).toBe('https://git.acme.example/mirrors/cert-manager.git');
    expect(at(mirrored.one('AppProject', PROD, 'prod.cert-manager.operator'), 'spec', 'sourceRepos')).toContain(source.repoURL);
    expect(at(mirrored.one('AppProject', PROD, 'prod.crds'), 'spec', 'sourceRepos')).toContain('https://git.acme.example/mirrors/cert-manager.git');
  });
});

describe('the order', () => {
  it('R52: definitions, cert-manager, External Secrets, then Strimzi and Flink, all before Kafka', () => {
    const waves = OPERATORS.map((operator) => [wave(application(example, `prod.${operator}.crds`)), wave(application(example, `prod.${operator}.operator`))]);
    expect(waves).toEqual([
      [-30, -20],
      [-30, -15],
      [-30, -10],
      [-30, -10],
    ]);
  });

  it('R54: what needs a definition of another operator says so', () => {
    for (const kind of ['Password', 'ExternalSecret']) {
      expect(annotation(example.one(kind, `${PROD}operators/flink/`), 'sync-options')).toContain('SkipDryRunOnMissingResource=true');
    }
  });
});

describe('where operators look', () => {
  it('R23, R45: by name into the namespaces of Kafka and of the teams, and their projects reach there', () => {
    expect(at(values(example, 'strimzi'), 'watchNamespaces')).toEqual(['kafka']);
    expect(at(values(example, 'flink'), 'watchNamespaces')).toEqual(['flink']);
    const namespaces = (name: string) =>
      list(at(example.one('AppProject', PROD, `prod.${name}.operator`), 'spec', 'destinations')).map((destination) => at(destination, 'namespace'));
    expect(OPERATORS.map(namespaces)).toEqual([['cert-manager'], ['external-secrets'], ['kafka', 'strimzi-operator'], ['flink', 'flink-operator']]);
  });

  it('R79: Strimzi is told the label of its own namespace, which the network policies that it makes let in', () => {
    // The key is that of the chart's template for the Deployment; its README has it without `image`.
    const label = (repository: Repository) => at(values(repository, 'strimzi'), 'image', 'operatorNamespaceLabels');
    expect(label(example)).toBe('kubernetes.io/metadata.name=strimzi-operator');
    expect(label(withOperators('{strimzi: {namespace: streaming}}'))).toBe('kubernetes.io/metadata.name=streaming');
  });

  it('R23, R45: into those of every environment that shares the cluster', () => {
    const STAGING = 'environments/staging/environment.yaml';
    const shared = (text = '') => text.replace('cluster: {', 'cluster: {name: eu-1, ');
    const repository = new Repository({
      ...EXAMPLE,
      [ENVIRONMENT]: shared(EXAMPLE[ENVIRONMENT]),
      [STAGING]: shared(EXAMPLE[STAGING])
        .replace('default.svc}', 'default.svc, operators: provided}')
        .replace('namespace: kafka', 'namespace: kafka-staging')
        .replace('mode: application,', 'mode: application, namespaces: {orders: flink-staging},'),
    });
    expect(at(values(repository, 'strimzi'), 'watchNamespaces')).toEqual(['kafka', 'kafka-staging']);
    expect(at(values(repository, 'flink'), 'watchNamespaces')).toEqual(['flink', 'flink-staging']);
    expect(repository.all('Application', 'environments/staging/').map(nameOf)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/\.(?:operator|crds)$/)]),
    );
    // The operator is told for all of them what their namespaces enforce.
    const enforced = repository.one('Namespace', 'environments/staging/namespaces/', 'kafka-staging');
    expect(at(enforced, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')).toBe('restricted');
  });

  it('R23, R45: everywhere, where that is asked for', () => {
    const repository = withOperators('{strimzi: {watch: cluster}, flink: {watch: cluster}}');
    expect(values(repository, 'strimzi')).toMatchObject({ watchAnyNamespace: true });
    expect(at(values(repository, 'strimzi'), 'watchNamespaces')).toBeUndefined();
    expect(at(values(repository, 'flink'), 'watchNamespaces')).toEqual([]);
    const kinds = list(at(repository.one('AppProject', PROD, 'prod.flink.operator'), 'spec', 'clusterResourceWhitelist'));
    expect(kinds).toContainEqual({ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'flink-operator*' });
  });

  it('R45: nowhere but at home while there is no team: to the chart of Flink an empty list means everywhere', () => {
    const repository = new Repository({
      'millrace.yaml': 'repository: {url: https://git.acme.example/platform/streaming.git}\nteams: {}\n',
      [ENVIRONMENT]:
        'environment: prod\nlayout: 1\nplatform: "2026.11"\ncluster: {server: https://kubernetes.default.svc}\nflink: {mode: session, storage: s3://my-bucket/prod}\n',
    });
    expect(at(values(repository, 'flink'), 'watchNamespaces')).toEqual(['flink-operator']);
    expect(at(values(repository, 'strimzi'), 'watchNamespaces')).toBeUndefined();
  });

  it("R45: the jobs' service account and role stay those of the platform", () => {
    expect(values(example, 'flink')).toMatchObject({
      jobServiceAccount: { create: false },
      rbac: { jobRole: { create: false }, jobRoleBinding: { create: false } },
    });
    expect(example.one('ServiceAccount', `${PROD}flink/`, 'flink')).toBeDefined();
  });

  it('R45: jobs may make their TaskManagers and keep their records of high availability, in their own namespace', () => {
    // flink-kubernetes-operator 1.15, helm/flink-kubernetes-operator/templates/rbac/_helpers.tpl (flink-operator.jobRbacRules).
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    expect(at(example.one('Role', `${PROD}flink/`, 'flink'), 'rules')).toEqual([
      { apiGroups: [''], resources: ['pods', 'configmaps'], verbs },
      { apiGroups: ['apps'], resources: ['deployments', 'deployments/finalizers'], verbs },
    ]);
    expect(example.one('RoleBinding', `${PROD}flink/`, 'flink')).toMatchObject({
      roleRef: { kind: 'Role', name: 'flink' },
      subjects: [{ kind: 'ServiceAccount', name: 'flink', namespace: 'flink' }],
    });
  });
});

describe('the webhook of the Flink operator', () => {
  it('R43: opens its key store with a password that is made once, in the cluster, and is nowhere in git', () => {
    const name = at(values(example, 'flink'), 'webhook', 'keystore', 'passwordSecretRef', 'name');
    expect(at(values(example, 'flink'), 'webhook')).toMatchObject({
      create: true,
      keystore: { useDefaultPassword: false, passwordSecretRef: { key: 'password' } },
    });
    const secret = example.one('ExternalSecret', `${PROD}operators/flink/`);
    expect(at(secret, 'spec', 'target', 'name')).toBe(name);
    expect(at(secret, 'spec', 'refreshPolicy')).toBe('CreatedOnce');
    expect(at(secret, 'spec', 'dataFrom', 0, 'sourceRef', 'generatorRef', 'name')).toBe(nameOf(example.one('Password', `${PROD}operators/flink/`)));
    expect(wave(secret)).toBeLessThan(0);
    for (const [path, text] of example.files) expect(text, path).not.toMatch(/password1234|cGFzc3dvcmQxMjM0/);
  });

  it('R43: can be left out, with all that only it needs; what was made for it may still be pruned', () => {
    const repository = withOperators('{flink: {webhook: false}}');
    expect(at(values(repository, 'flink'), 'webhook')).toEqual({ create: false });
    expect(repository.ofKind('Password', PROD)).toEqual([]);
    expect(policies(repository, 'flink').map(nameOf)).toEqual(['deny-ingress']);
    const project = (from: Repository) => from.one('AppProject', PROD, 'prod.flink.operator');
    expect(project(repository)).toEqual(project(example));
  });
});

describe('the configuration of the Flink operator', () => {
  it('R35: fetches jars over https from outside, unless more is declared', () => {
    const KEY = 'kubernetes.operator.user.artifacts';
    expect(configuration(example)).toMatchObject({ [`${KEY}.allowed-schemes`]: 'https', [`${KEY}.disallow-restricted-hosts`]: 'true' });
    const more = withOperators('{flink: {artifacts: {schemes: [https, http, s3], privateHosts: true}}}');
    expect(configuration(more)).toMatchObject({ [`${KEY}.allowed-schemes`]: 'https;http;s3', [`${KEY}.disallow-restricted-hosts`]: 'false' });
  });

  it('is what the operator starts with: a change restarts it, which the chart itself does not do', () => {
    const checksum = (repository: Repository) => at(values(repository, 'flink'), 'operatorPod', 'annotations', 'checksum/configuration');
    const another = new Repository({ ...EXAMPLE, 'millrace.yaml': `${EXAMPLE['millrace.yaml'] ?? ''}  payments: {namespace: payments}\n` });
    const checksums = [example, another, withOperators('{flink: {artifacts: {privateHosts: true}}}')].map(checksum);
    expect(new Set(checksums).size).toBe(3);
    expect(checksum(withOperators('{strimzi: {replicas: 2}}'))).toBe(checksums[0]);
  });

  it('R38, R46: keeps savepoints over a long weekend, and merges pod templates by name', () => {
    expect(configuration(example)).toMatchObject({
      'kubernetes.operator.savepoint.history.max.age': '7 d',
      'kubernetes.operator.pod-template.merge-arrays-by-name': 'true',
    });
  });
});

describe('several of an operator', () => {
  const two = withOperators('{cert-manager: {replicas: 2}, external-secrets: {replicas: 2}, strimzi: {replicas: 2}, flink: {replicas: 2}}');

  it('R45: elect a leader, and are replaced one after the other', () => {
    expect(configuration(two)).toMatchObject({
      'kubernetes.operator.leader-election.enabled': 'true',
      'kubernetes.operator.leader-election.lease-name': 'flink-operator-lease',
    });
    expect(values(two, 'flink')).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate' } });
    expect(values(two, 'strimzi')).toMatchObject({ replicas: 2, leaderElection: { enable: true } });
    expect(values(two, 'external-secrets')).toMatchObject({ replicaCount: 2, leaderElect: true });
    expect(values(two, 'cert-manager')).toMatchObject({ replicaCount: 2, webhook: { replicaCount: 2 }, cainjector: { replicaCount: 2 } });
  });

  it('R45: one of Flink elects none, and is gone before the next one starts', () => {
    expect(Object.keys(configuration(example)).filter((key) => key.includes('leader-election'))).toEqual([]);
    expect(values(example, 'flink')).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  });

  it('keep one while nodes are drained', () => {
    expect(at(two.one('PodDisruptionBudget', `${PROD}operators/flink/`), 'spec', 'minAvailable')).toBe(1);
    for (const operator of ['cert-manager', 'external-secrets', 'strimzi']) expect(at(values(two, operator), 'podDisruptionBudget', 'enabled')).toBe(true);
    expect(example.ofKind('PodDisruptionBudget', PROD)).toEqual([]);
  });
});

describe('who may what', () => {
  it('R58: the operators only what their charts have, by name where they have no namespace', () => {
    const projects = OPERATORS.map((operator) => example.one('AppProject', PROD, `prod.${operator}.operator`));
    const cluster = projects.flatMap((project) => list(at(project, 'spec', 'clusterResourceWhitelist')));
    for (const entry of cluster) expect(at(entry, 'name')).toMatch(/^[a-z][a-z-]+\*?[a-z-]*$/);
    expect(cluster.filter((entry) => at(entry, 'kind') === 'Namespace').map((entry) => at(entry, 'name'))).toEqual([
      'cert-manager',
      'external-secrets',
      'strimzi-operator',
      'flink-operator',
    ]);
    for (const entry of projects.flatMap((project) => list(at(project, 'spec', 'namespaceResourceWhitelist'))))
      expect(JSON.stringify(entry)).not.toContain('*');
    // Argo CD needs no right to make roles in kube-system: leaders are elected at home.
    expect(at(values(example, 'cert-manager'), 'global', 'leaderElection', 'namespace')).toBe('cert-manager');
  });

  it('R58: the definitions nothing but definitions of their groups', () => {
    const project = example.one('AppProject', PROD, 'prod.crds');
    const names = list(at(project, 'spec', 'clusterResourceWhitelist')).map((entry) => {
      expect(entry).toMatchObject({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' });
      return at(entry, 'name');
    });
    expect(names.sort()).toEqual(['*.cert-manager.io', '*.external-secrets.io', '*.flink.apache.org', '*.strimzi.io']);
    expect(at(project, 'spec', 'namespaceResourceBlacklist')).toEqual([{ group: '*', kind: '*' }]);
  });

  it('R62: the namespace of an operator goes only after somebody confirmed it', () => {
    for (const operator of OPERATORS)
      expect(annotation(example.one('Namespace', `${PROD}operators/${operator}/`), 'sync-options')).toBe('Prune=confirm,Delete=confirm');
  });

  it('R23, R81: Kafka is held to the restricted standard where its operator is told to fit it, else to the baseline', () => {
    const enforced = (repository: Repository) =>
      at(repository.one('Namespace', `${PROD}namespaces/`, 'kafka'), 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
    expect(list(at(values(example, 'strimzi'), 'extraEnvs'))).toContainEqual({ name: 'STRIMZI_POD_SECURITY_PROVIDER_CLASS', value: 'restricted' });
    expect(enforced(example)).toBe('restricted');
    expect(enforced(withOperators('{strimzi: {managed: false}}'))).toBe('baseline');
  });

  it('nobody reaches an operator but the API server its webhook, and Prometheus its metrics', () => {
    expect(Object.fromEntries(OPERATORS.map((operator) => [operator, policies(example, operator).map(nameOf)]))).toEqual({
      'cert-manager': ['deny-ingress', 'webhook'],
      'external-secrets': ['deny-ingress', 'webhook'],
      strimzi: ['deny-ingress'],
      flink: ['deny-ingress', 'webhook'],
    });
    const [deny] = policies(example, 'flink');
    expect(at(deny, 'spec')).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
  });

  it('R82: the operators have metrics where the environment is observed', () => {
    const observed = withOperators('{}', {}, 'observability: {namespace: prometheus}\n');
    expect(configuration(observed)).toMatchObject({
      'kubernetes.operator.metrics.reporter.prom.factory.class': 'org.apache.flink.metrics.prometheus.PrometheusReporterFactory',
      'kubernetes.operator.metrics.reporter.prom.port': '9999',
    });
    expect(at(values(observed, 'flink'), 'metrics', 'port')).toBe(9999);
    expect(at(values(observed, 'cert-manager'), 'prometheus', 'enabled')).toBe(true);
  });

  it('External Secrets reads stores of the whole cluster only where an environment names one', () => {
    expect(at(values(example, 'external-secrets'), 'processClusterStore')).toBe(false);
    const vault = new Repository({
      ...EXAMPLE,
      [ENVIRONMENT]: `${EXAMPLE[ENVIRONMENT] ?? ''}credentials: {vault: {secretStore: {name: vault}, path: streaming/prod}}\n`,
    });
    expect(at(values(vault, 'external-secrets'), 'processClusterStore')).toBe(true);
    const registry = (store: string) =>
      new Repository({
        ...EXAMPLE,
        [ENVIRONMENT]: `${EXAMPLE[ENVIRONMENT] ?? ''}schemaRegistry: {url: https://registry.acme.example, credentials: {secretStore: ${store}, path: registry}}\n`,
      });
    expect(at(values(registry('{name: vault}'), 'external-secrets'), 'processClusterStore')).toBe(true);
    expect(at(values(registry('{kind: SecretStore, name: keys}'), 'external-secrets'), 'processClusterStore')).toBe(false);
  });
});

describe('how Argo CD syncs them', () => {
  const windows = (applies: string) => `argocd: {automated: false, syncWindows: [{kind: deny, schedule: 0 18 * * 5, duration: 60h, applies: ${applies}}]}\n`;

  it('R55: a person starts the syncs where the environment says so', () => {
    const byHand = withOperators('{}', {}, windows('platform'));
    for (const name of ['prod.strimzi.operator', 'prod.strimzi.crds']) {
      expect(at(application(byHand, name), 'spec', 'syncPolicy', 'automated')).toBeUndefined();
      expect(at(application(example, name), 'spec', 'syncPolicy', 'automated')).toBeDefined();
    }
  });

  it('R66: the sync windows of the platform are theirs too, those of pipelines are not', () => {
    const windowsOf = (applies: string) =>
      ['prod.strimzi.operator', 'prod.crds'].map((name) => at(withOperators('{}', {}, windows(applies)).one('AppProject', PROD, name), 'spec', 'syncWindows'));
    for (const found of windowsOf('platform'))
      expect(found).toEqual([{ kind: 'deny', schedule: '0 18 * * 5', duration: '60h', timeZone: 'UTC', applications: ['*'] }]);
    expect(windowsOf('pipelines')).toEqual([undefined, undefined]);
  });
});

describe('what others keep', () => {
  it('of an operator that the cluster has, nothing is made, and the rest stays', () => {
    const repository = withOperators('{cert-manager: {managed: false}, external-secrets: {managed: false}}');
    const made = [...repository.files.keys()].filter((path) => path.startsWith(PROD) && /cert-manager|external-secrets/.test(path));
    expect(made).toEqual([]);
    expect(JSON.stringify(repository.all('AppProject', `${PROD}argocd/platform/`))).not.toMatch(/jetstack|charts\.external-secrets/);
    // The webhook of Flink takes its certificate and its password from them all the same.
    expect(repository.one('ExternalSecret', `${PROD}operators/flink/`)).toBeDefined();
    expect(list(at(repository.one('AppProject', PROD, 'prod.flink.operator'), 'spec', 'namespaceResourceWhitelist'))).toContainEqual({
      group: 'cert-manager.io',
      kind: 'Certificate',
    });
  });

  it.each([
    ['all of them', withOperators('{cert-manager: {managed: false}, external-secrets: {managed: false}, strimzi: {managed: false}, flink: {managed: false}}')],
    [
      'the operators of the cluster',
      new Repository({ ...EXAMPLE, [ENVIRONMENT]: (EXAMPLE[ENVIRONMENT] ?? '').replace('default.svc}', 'default.svc, operators: provided}') }),
    ],
  ])('of %s, no project is left either, and Kafka, Flink and the pipelines are as they were', (_what, repository) => {
    expect([...repository.files.keys()].filter((path) => path.startsWith(`${PROD}operators/`))).toEqual([]);
    expect(repository.all('AppProject', PROD).map(nameOf)).not.toEqual(expect.arrayContaining([expect.stringMatching(/\.(?:operator|crds)$/)]));
    for (const part of ['kafka', 'flink', 'pipelines', 'credentials']) {
      const files = (from: Repository) => Object.fromEntries([...from.files].filter(([path]) => path.startsWith(`${PROD}${part}/`)));
      expect(files(repository)).toEqual(files(example));
    }
  });

  it('sizes each pod of cert-manager and External Secrets', () => {
    const repository = withOperators('{cert-manager: {resources: {memory: 256Mi, cpu: 0.1}}, external-secrets: {resources: {memory: 256Mi, cpu: 0.1}}}');
    const size = { limits: { memory: '256Mi' }, requests: { memory: '256Mi', cpu: '0.1' } };
    expect(values(repository, 'cert-manager')).toMatchObject({ resources: size, webhook: { resources: size }, cainjector: { resources: size } });
    expect(values(repository, 'external-secrets')).toMatchObject({ resources: size, webhook: { resources: size }, certController: { resources: size } });
  });

  it('ask for something by default, so that no node drops them first, and have no limits that nobody chose', () => {
    const small = { requests: { memory: '32Mi', cpu: '10m' } };
    expect(at(values(example, 'flink'), 'operatorPod', 'resources')).toEqual({ requests: { memory: '512Mi', cpu: '250m' } });
    for (const pod of [[], ['webhook'], ['cainjector']]) expect(at(values(example, 'cert-manager'), ...pod, 'resources')).toEqual(small);
    for (const pod of [[], ['webhook'], ['certController']]) expect(at(values(example, 'external-secrets'), ...pod, 'resources')).toEqual(small);
    const { topicOperator, userOperator } = record(at(example.one('Kafka', `${PROD}kafka/`), 'spec', 'entityOperator'));
    for (const operator of [topicOperator, userOperator]) expect(operator).toEqual({ resources: { requests: { memory: '256Mi', cpu: '100m' } } });
  });

  it("a person's resources are what a chart is told last", () => {
    const repository = withOperators('{flink: {resources: {memory: 2Gi, cpu: 0.5}}, strimzi: {resources: {memory: 512Mi, cpu: 500m}}}');
    expect(at(values(repository, 'flink'), 'operatorPod', 'resources')).toEqual({ limits: { memory: '2Gi' }, requests: { memory: '2Gi', cpu: '0.5' } });
    // null takes the chart's own limit away.
    expect(record(at(values(repository, 'strimzi'), 'resources'))).toEqual({
      limits: { memory: '512Mi', cpu: null },
      requests: { memory: '512Mi', cpu: '500m' },
    });
  });
});
