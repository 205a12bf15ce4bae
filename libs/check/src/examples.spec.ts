import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { check } from './check.js';
import type { CheckReport } from './report.js';
import { checkFiles, said } from './run.fixture.js';

const examples = fileURLToPath(new URL('../examples', import.meta.url));

/** Findings as `file rule path`. */
const shown = ({ findings }: CheckReport): readonly string[] => findings.map(({ file, rule, path }) => `${file} ${rule} ${path ?? ''}`);

describe('manifests in the shapes that the projects publish', () => {
  it('for Strimzi have no error, and the warnings that an open listener is worth', async () => {
    const report = await check({ folder: `${examples}/strimzi`, paths: ['.'] });
    expect(report.summary).toMatchObject({ resources: 35, errors: 0, skipped: 0 });
    expect(shown(report)).toMatchInlineSnapshot(`
      [
        "kafka-ephemeral.yaml strimzi/listener-authentication spec.kafka.listeners[0].authentication",
        "kafka-ephemeral.yaml strimzi/auto-create-topics spec.kafka.config[auto.create.topics.enable]",
      ]
    `);
  });

  it('for the Flink operator have no error, and the warnings of what is for a laptop', async () => {
    const report = await check({ folder: `${examples}/flink`, paths: ['.'] });
    expect(report.summary).toMatchObject({ resources: 26, errors: 0, skipped: 0 });
    expect(shown(report)).toMatchInlineSnapshot(`
      [
        "checkpoint-on-a-laptop.yaml flink/former-key spec.flinkConfiguration[state.checkpoints.dir]",
        "checkpoint-on-a-laptop.yaml flink/former-key spec.flinkConfiguration[state.savepoints.dir]",
        "checkpoint-on-a-laptop.yaml security/node-access spec.podTemplate.spec.volumes[0].hostPath",
        "ingress.yaml flink/ingress-protection spec.ingress",
      ]
    `);
  });

  it.each(['strimzi/connect.yaml', 'strimzi/user.yaml', 'flink/sql.yaml', 'flink/kustomize/overlays/live'])(
    'say no more where only %s is named',
    async (path) => {
      expect(shown(await check({ folder: examples, paths: [path] }))).toEqual([]);
    },
  );
});

describe('what repositories of others have', () => {
  it('is filled in later where a placeholder stands', async () => {
    const report = await checkFiles({
      'monitor.yaml': `
apiVersion: v1
kind: Service
metadata: {name: "entry-\${SITE}", labels: {site: "{{ site }}"}}
spec: {type: ExternalName, externalName: "\${HOST}.acme.example"}
`,
      'deployment.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: $NAMESPACE}
spec:
  replicas: \${REPLICAS}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "registry.acme.example/web:1", ports: [{containerPort: 8080}]}]}}
`,
    });
    expect(said(report)).toEqual([]);
  });

  it('is wrong once, where the server says it twice', async () => {
    const report = await checkFiles({
      'pool.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: broker, labels: {strimzi.io/cluster: events}}
spec: {replicas: 3, roles: [broker, 5], storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 10Gi, kraftMetadata: shared}]}}
`,
      'web.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "registry.acme.example/web:1"}]}}}
`,
    });
    expect(said(report)).toEqual(['schema/invalid-value pool.yaml:4:37', 'schema/missing-field web.yaml:4:1']);
  });

  it('is one mistake where an old field is still there and the new one is missing', async () => {
    const report = await checkFiles({
      'user.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: shop, labels: {strimzi.io/cluster: events}}
spec:
  authentication: {type: tls}
  authorization: {type: simple, acls: [{resource: {type: topic, name: sales}, operation: Write}]}
`,
      'connect.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: archive}
spec:
  replicas: 1
  bootstrapServers: events-kafka-bootstrap:9093
  config: {group.id: archive, config.storage.topic: a, offset.storage.topic: b, status.storage.topic: c}
`,
      'kafka.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: events}
spec:
  kafka:
    listeners:
      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: oauth, jwksEndpointUri: "https://login.acme.example/keys"}}
    authorization: {type: simple}
  entityOperator: {userOperator: {}}
`,
      'pool.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: one, labels: {strimzi.io/cluster: events}}
spec: {replicas: 1, roles: [controller, broker], storage: {type: jbod, volumes: [{id: 0, type: ephemeral, kraftMetadata: shared}]}}
`,
    });
    const rules = report.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith('references/'));
    expect(rules).toEqual([...Array<string>(4).fill('strimzi/ignored-setting'), 'strimzi/removed-authentication', 'strimzi/acl-operations']);
  });

  it('is told once for a kind that nobody knows, and again in another version of it', async () => {
    const chaos = (name: string, version = 'v1'): string => `apiVersion: chaos.acme.example/${version}\nkind: Delay\nmetadata: {name: ${name}}\n`;
    const report = await checkFiles({ 'a.yaml': chaos('a'), 'b.yaml': `${chaos('b')}---\n${chaos('c')}`, 'c.yaml': chaos('d', 'v2') });
    expect(report.findings.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'a.yaml: nothing here defines Delay of chaos.acme.example/v1: Delay a was not validated, and neither were 2 more',
      'c.yaml: nothing here defines Delay of chaos.acme.example/v2: Delay d was not validated',
    ]);
  });

  it('is left unknown where only one resource of its kind is excepted', async () => {
    const chaos = (name: string): string => `apiVersion: chaos.acme.example/v1\nkind: Delay\nmetadata: {name: ${name}}\n`;
    const report = await checkFiles({
      'a.yaml': chaos('a'),
      'b.yaml': chaos('b'),
      'millrace.yaml': 'rules: {schema/unknown-kind: {exceptions: [{kind: Delay, name: a, reason: a fixture}]}}\n',
    });
    expect(said(report)).toEqual(['schema/unknown-kind b.yaml:2:1']);
  });

  it('is not built where it takes a chart or a plugin, which is said at the field, and is no mistake', async () => {
    const report = await checkFiles({
      'charts/kustomization.yaml': 'namespace: a\nhelmCharts: [{name: cert-manager, repo: "https://charts.jetstack.io", version: v1.21.0}]\n',
      'dev/kustomization.yaml': 'resources: [../charts]\n',
      'prod/kustomization.yaml': 'resources: [../charts]\n',
      'secrets/kustomization.yaml': 'generators: [sops.yaml]\n',
      'secrets/sops.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: k}\nfiles: [secret.enc.yaml]\n',
      'broken/kustomization.yaml': 'resources: [nowhere.yaml]\n',
      'fetched/kustomization.yaml':
        'configMapGenerator: [{name: a, files: ["run.sh=https://acme.example/scripts/v1.2/run.sh", "https://acme.example/main/b.json"]}]\n',
    });
    expect(said(report)).toEqual([
      'kustomize/overlay-builds broken/kustomization.yaml:1:1',
      'kustomize/build-options charts/kustomization.yaml:2:1',
      'kustomize/remote-base fetched/kustomization.yaml:1:40',
      'kustomize/remote-unpinned fetched/kustomization.yaml:1:91',
      'kustomize/build-options secrets/kustomization.yaml:1:1',
    ]);
    expect(report.summary).toMatchObject({ errors: 2, warnings: 3 });
    expect(report.unread).not.toEqual([]);
  });

  it('is not served any more, wherever it was moved', async () => {
    const report = await checkFiles({ 'ingress.yaml': 'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: web}\nspec: {}\n' });
    expect(report.findings).toMatchObject([{ rule: 'schema/version-not-served', line: 1, column: 1, fix: 'Write apiVersion: networking.k8s.io/v1.' }]);
  });

  it('is one finding for a definition of a version that is gone, which defines nothing', async () => {
    const report = await checkFiles({
      'crd.yaml': `
apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata: {name: kafkatopics.kafka.strimzi.io}
spec: {group: kafka.strimzi.io, version: v1beta1, scope: Namespaced, names: {kind: KafkaTopic, plural: kafkatopics}, validation: {openAPIV3Schema: {}}}
`,
      'topic.yaml':
        'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: sales, labels: {strimzi.io/cluster: events}}\nspec: {partitions: few}\n',
    });
    expect(said(report)).toEqual(['schema/version-not-served crd.yaml:1:1', 'schema/invalid-value topic.yaml:4:8']);
  });

  it('is no resource where it configures a tool, and no manifest where it is a patch or a template', async () => {
    const report = await checkFiles({
      'kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: [{role: control-plane}]\n',
      'catalog-info.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: shop}\n',
      'kubeconfig.yaml': 'apiVersion: v1\nkind: Config\nclusters: []\n',
      'function.yaml': 'apiVersion: acme.example/v1\nkind: Sizes\nmetadata: {name: s, annotations: {config.kubernetes.io/local-config: "true"}}\n',
      'base/kustomization.yaml': 'resources: []\n',
      'base/deployment-patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
      'crd/patches/webhook.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
      'snippet.yaml': '{% raw %}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n{% endraw %}\n',
      'dispatcher.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dispatcher}\n',
    });
    expect(said(report)).toEqual([]);
    expect(report.summary.resources).toBe(1);
    expect(new Map(report.leftOut.map(({ file, why }) => [file, why]))).toEqual(
      new Map([
        ['base/deployment-patch.yaml', 'a patch that nothing uses'],
        ['catalog-info.yaml', 'not Kubernetes'],
        ['crd/patches/webhook.yaml', 'a patch that nothing uses'],
        ['function.yaml', 'not Kubernetes'],
        ['kind.yaml', 'not Kubernetes'],
        ['kubeconfig.yaml', 'not Kubernetes'],
        ['snippet.yaml', 'a template of another tool'],
      ]),
    );
  });

  it('is read where a patch is named itself', async () => {
    const files = { 'web-patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: 1}\n' };
    expect(said(await checkFiles(files, { paths: ['web-patch.yaml'] }))).toEqual(['schema/invalid-value web-patch.yaml:4:8']);
  });

  it('is not nothing, where it comes in by a pipe', async () => {
    const report = await checkFiles({}, { paths: ['-'], standardInput: Buffer.from('\n') });
    expect(said(report)).toEqual(['yaml/unreadable <stdin>:1:1']);
    expect(report.unread).not.toEqual([]);
  });
});
