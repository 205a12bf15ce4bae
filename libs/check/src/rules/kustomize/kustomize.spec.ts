import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { openRenderer, readResources, type Renderer } from '@millrace/kustomize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { formatPath } from '../../field.js';
import type { Rule } from '../../rule.js';
import { builtAs } from '../../sources/kustomization.js';
import { KustomizationReader } from '../../sources/read-kustomizations.js';
import { kustomizeRules } from './index.js';

type Files = Readonly<Record<string, string>>;

let root: string;
let renderer: Renderer;
let builds = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-kustomize-rules-'));
  renderer = openRenderer({ source: { root }, workers: 1 });
});

afterAll(async () => {
  await renderer[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly path: string;
  readonly message: string;
}

/** What all rules of the area say of `overlay/`. */
async function found(files: Files, expectation: 'builds' | 'does not build' = 'builds'): Promise<readonly Found[]> {
  builds += 1;
  const home = `build-${builds}`;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, home, path)), { recursive: true });
    writeFileSync(join(root, home, path), text);
  }
  const overlay = new KustomizationReader({ read: (path) => files[path] }).read('overlay');
  if (overlay === undefined) throw new Error('there is no overlay/kustomization.yaml');
  const result = await renderer.render(`${home}/overlay`);
  if ((result.kind === 'rendered') !== (expectation === 'builds')) throw new Error(`expected that it ${expectation}: ${JSON.stringify(result)}`);
  const built = result.kind === 'rendered' ? builtAs(overlay, readResources(result.yaml)) : overlay;
  return kustomizeRules.flatMap((rule: Rule) =>
    rule.reach === 'kustomization' ? [...rule.check(built)].map(({ file, path, message }) => ({ rule: rule.id, file, path: formatPath(path), message })) : [],
  );
}

const topics = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster, team: orders}}
spec: {partitions: 3, replicas: 3}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: totals, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3}
`;

const operations = `'[{"op": "replace", "path": "/spec/partitions", "value": 6}]'`;

function overTopics(target: string, overlay = '', base = ''): Files {
  return {
    'base/kustomization.yaml': `resources: [topics.yaml]\n${base}`,
    'base/topics.yaml': topics,
    'overlay/kustomization.yaml': `resources: [../base]\n${overlay}\npatches:\n  - target: ${target}\n    patch: ${operations}\n`,
  };
}

describe('kustomize/patch-target', () => {
  it.each([
    ['a name', '{kind: KafkaTopic, name: orders}'],
    ['a pattern of names', '{name: "ord.*|none"}'],
    ['a group', '{group: kafka.strimzi.io, version: v1}'],
    ['no namespace, which is default', '{name: orders, namespace: default}'],
    ['a label', '{labelSelector: "team=orders"}'],
    ['labels that are there, among values', '{labelSelector: "strimzi.io/cluster, team in (orders, totals)"}'],
    ['a label that is not there', '{labelSelector: "!team,team!=orders"}'],
    ['everything', '{}'],
    ['an expression that only Go knows', '{name: "(?i)ORDERS"}'],
  ])('says nothing of a target that matches by %s', async (_what, target) => {
    expect(await found(overTopics(target))).toEqual([]);
  });

  it.each([
    ['a part of a name', '{kind: KafkaTopic, name: order}'],
    ['another group', '{group: strimzi.io, kind: KafkaTopic}'],
    ['another version', '{version: v1beta2, kind: KafkaTopic}'],
    ['a label with another value', '{labelSelector: "team in (payments)"}'],
    ['no label', '{labelSelector: "team notin (orders), team"}'],
    ['an annotation', '{annotationSelector: "team=orders"}'],
  ])('finds a target that matches %s only', async (_what, target) => {
    expect(await found(overTopics(target))).toMatchObject([{ rule: 'kustomize/patch-target', file: 'overlay/kustomization.yaml', path: 'patches[0].target' }]);
  });

  it('knows names before and after the prefixes below, and that its own prefix comes later', async () => {
    const message = 'no resource matches the target (name prod-dev-orders); there is KafkaTopic dev-orders, KafkaTopic dev-totals';
    expect(await found(overTopics('{name: orders}', 'namePrefix: prod-', 'namePrefix: dev-'))).toEqual([]);
    expect(await found(overTopics('{name: dev-orders}', 'namePrefix: prod-', 'namePrefix: dev-'))).toEqual([]);
    expect(await found(overTopics('{name: prod-dev-orders}', 'namePrefix: prod-', 'namePrefix: dev-'))).toMatchObject([{ message }]);
  });

  it('knows that the own namespace comes after the patches', async () => {
    expect(await found(overTopics('{name: orders, namespace: kafka}', '', 'namespace: kafka'))).toEqual([]);
    expect(await found(overTopics('{name: orders, namespace: kafka}', 'namespace: kafka'))).toMatchObject([
      { message: 'no resource matches the target (name orders, namespace kafka); KafkaTopic orders is in namespace default when the patch is applied' },
    ]);
  });

  it('knows that patchesJson6902 come after names and namespace', async () => {
    const files = overTopics('{kind: KafkaTopic, version: v1, name: dev-orders, namespace: kafka}', 'namespace: kafka\nnamePrefix: dev-');
    const overlay = files['overlay/kustomization.yaml']?.replace('patches:', 'patchesJson6902:') ?? '';
    expect((await found({ ...files, 'overlay/kustomization.yaml': overlay })).map(({ rule }) => rule)).toEqual(['kustomize/deprecated-field']);
  });

  it('knows what a generator makes, and the items of a List', async () => {
    const patches = `
patches:
  - target: {kind: ConfigMap, name: settings}
    patch: '[{"op": "add", "path": "/data/level", "value": "info"}]'
  - target: {kind: ConfigMap, name: listed}
    patch: '[{"op": "add", "path": "/data", "value": {"level": "info"}}]'
`;
    const files = {
      'overlay/kustomization.yaml': `resources: [list.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n${patches}`,
      'overlay/list.yaml': `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: ConfigMap, metadata: {name: listed}}]\n`,
    };
    expect(await found(files)).toEqual([]);
  });

  it('leaves a component alone that patches what only other overlays have', async () => {
    const files = {
      'component/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{target: {kind: FlinkDeployment}, patch: ${operations}}]\n`,
      'overlay/kustomization.yaml': 'resources: [topics.yaml]\ncomponents: [../component]\n',
      'overlay/topics.yaml': topics,
    };
    expect(await found(files)).toEqual([]);
  });

  it('is silent where a generator of its own may make the target', async () => {
    const files = {
      'overlay/kustomization.yaml': `generators: [generator.yaml]\npatches: [{target: {kind: ConfigMap}, patch: '[{"op": "add", "path": "/data/level", "value": "info"}]'}]\n`,
      'overlay/generator.yaml': `apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: settings}\nliterals: [a=b]\n`,
    };
    expect(await found(files)).toEqual([]);
  });

  it('is silent after a patch that gives other names', async () => {
    const files = overTopics('{name: other}');
    const base = `resources: [topics.yaml]\npatches: [{target: {name: orders}, patch: '[{"op": "replace", "path": "/metadata/name", "value": "other"}]'}]\n`;
    expect(await found({ ...files, 'base/kustomization.yaml': base })).toEqual([]);
  });

  it('finds a target with a strategic patch, and one of a base once for all overlays', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [topics.yaml]\npatches: [{target: {name: gone}, path: patch.yaml}]\n',
      'base/patch.yaml': 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: any}\nspec: {partitions: 6}\n',
      'base/topics.yaml': topics,
      'one/kustomization.yaml': 'resources: [../base]\n',
      'overlay/kustomization.yaml': 'resources: [../one]\n',
    };
    expect(await found(files)).toMatchObject([{ file: 'base/kustomization.yaml', path: 'patches[0].target' }]);
  });
});

const session = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: app}
spec:
  image: example.com/app:1.0.0
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: A, value: a}, {name: B, value: b}]
          volumeMounts: [{name: data, mountPath: /data}, {name: data, mountPath: /more}]
        - name: proxy
      volumes: [{name: data, emptyDir: {}}]
`;

function overApp(spec: string): Files {
  return {
    'base/kustomization.yaml': 'resources: [app.yaml]\n',
    'base/app.yaml': session,
    'overlay/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
    'overlay/patch.yaml': `apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: app}\nspec: ${spec}\n`,
  };
}

describe('kustomize/list-replaced', () => {
  it('names what is lost, inside elements too', async () => {
    expect(await found(overApp('{podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: B, value: c}]}]}}}'))).toEqual([
      {
        rule: 'kustomize/list-replaced',
        file: 'overlay/patch.yaml',
        path: 'spec.podTemplate.spec.containers',
        message:
          'spec.podTemplate.spec.containers of FlinkDeployment app loses flink-main-container.env.A, flink-main-container.volumeMounts, proxy: the patch replaces the whole list',
      },
    ]);
  });

  it.each([
    ['a map', '{flinkConfiguration: {a: b}}'],
    ['a list that the base does not have', '{job: {args: [a]}}'],
    ['the list with all of its elements', '{podTemplate: {spec: {volumes: [{name: data, emptyDir: {medium: Memory}}, {name: more, emptyDir: {}}]}}}'],
    ['an empty list, on purpose', '{podTemplate: {spec: {volumes: []}}}'],
    ['a replacement, on purpose', '{podTemplate: {spec: {$patch: replace, volumes: [{name: other, emptyDir: {}}]}}}'],
  ])('says nothing of %s', async (_what, spec) => {
    expect(await found(overApp(spec))).toEqual([]);
  });

  it('says nothing of built-in kinds, whose lists are merged', async () => {
    const deployment = (containers: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec: {template: {spec: {containers: ${containers}}}}\n`;
    const files = {
      'overlay/kustomization.yaml': 'resources: [app.yaml]\npatches: [{path: patch.yaml}]\n',
      'overlay/app.yaml': deployment('[{name: app, env: [{name: A, value: a}]}, {name: proxy}]'),
      'overlay/patch.yaml': deployment('[{name: app, env: [{name: B, value: b}]}]'),
    };
    expect(await found(files)).toEqual([]);
  });

  it('points at the patch in the kustomization where it stands there', async () => {
    const files = overApp('');
    const overlay = `
resources: [../base]
patches:
  - target: {kind: FlinkDeployment}
    patch: |
      apiVersion: flink.apache.org/v1beta1
      kind: FlinkDeployment
      metadata: {name: any}
      spec: {podTemplate: {spec: {volumes: [{name: other, emptyDir: {}}]}}}
`;
    expect(await found({ ...files, 'overlay/kustomization.yaml': overlay })).toMatchObject([{ file: 'overlay/kustomization.yaml', path: 'patches[0].patch' }]);
  });
});

describe('kustomize/images-transformer', () => {
  const overlay = (more: string, app = session): Files => ({
    'overlay/kustomization.yaml': `resources: [app.yaml]\n${more}`,
    'overlay/app.yaml': app,
  });

  it.each([
    ['another image', 'images: [{name: example.com/other, newTag: 2.0.0}]\n'],
    ['the image that is there', 'images: [{name: example.com/app, newTag: 1.0.0}]\n'],
  ])('says nothing of an entry for %s', async (_what, more) => {
    expect(await found(overlay(more))).toEqual([]);
  });

  it('finds a new name and a digest', async () => {
    expect(await found(overlay('images: [{name: example.com/app, newName: mirror.example.com/app}]\n'))).toHaveLength(1);
    expect(await found(overlay(`images: [{name: example.com/app, digest: "sha256:${'0'.repeat(64)}"}]\n`))).toHaveLength(1);
  });

  it('knows that kustomize finds the containers of a pod template', async () => {
    const app = session
      .replace('image: example.com/app:1.0.0', 'flinkVersion: v2_2')
      .replace('- name: proxy', '- {name: proxy, image: "example.com/app:1.0.0"}');
    expect(await found(overlay('images: [{name: example.com/app, newTag: 2.0.0}]\n', app))).toEqual([]);
  });
});

const references = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: flink}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: app}
spec:
  serviceAccount: flink
  podTemplate: {spec: {containers: [{name: flink-main-container, envFrom: [{configMapRef: {name: settings}}]}]}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: job}
spec: {deploymentName: app}
`;

describe('names that kustomize changes', () => {
  it('finds every reference that a prefix breaks, at the prefix', async () => {
    const files = {
      'overlay/kustomization.yaml':
        'resources: [app.yaml]\nnamePrefix: dev-\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
      'overlay/app.yaml': references,
    };
    expect((await found(files)).map(({ rule, path, message }) => [rule, path, message.split(',')[0]])).toEqual([
      ['kustomize/renamed-reference', 'namePrefix', 'FlinkDeployment dev-app has spec.serviceAccount flink'],
      ['kustomize/renamed-reference', 'namePrefix', 'FlinkDeployment dev-app has spec.podTemplate.spec.containers.0.envFrom.0.configMapRef.name settings'],
      ['kustomize/renamed-reference', 'namePrefix', 'FlinkSessionJob dev-job has spec.deploymentName app'],
    ]);
  });

  it('says nothing where the names are followed, or name what is not built here', async () => {
    const files = {
      'overlay/kustomization.yaml': 'resources: [app.yaml]\nnamePrefix: dev-\nconfigurations: [names.yaml]\n',
      'overlay/app.yaml': references,
      'overlay/names.yaml': `
nameReference:
  - kind: ServiceAccount
    fieldSpecs: [{kind: FlinkDeployment, path: spec/serviceAccount}]
  - kind: FlinkDeployment
    fieldSpecs: [{kind: FlinkSessionJob, path: spec/deploymentName}]
`,
    };
    expect(await found(files)).toEqual([]);
  });

  it('finds the name without its hash, at the generator', async () => {
    const files = {
      'overlay/kustomization.yaml': 'resources: [app.yaml]\nconfigMapGenerator: [{name: other, literals: [a=b]}, {name: settings, literals: [a=b]}]\n',
      'overlay/app.yaml': references,
    };
    expect(await found(files)).toMatchObject([{ rule: 'kustomize/hashed-name', file: 'overlay/kustomization.yaml', path: 'configMapGenerator[1].name' }]);
  });

  it('tells the name with its hash, not another that goes on with something as long as one', async () => {
    const files = {
      'overlay/kustomization.yaml': 'resources: [plain.yaml, app.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n',
      'overlay/plain.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings-2026backup}\n',
      'overlay/app.yaml': references,
    };
    expect((await found(files)).map(({ message }) => message)).toEqual([
      expect.stringMatching(/but the generated ConfigMap is called settings-[2456789bcdfghkmt]{10}$/),
    ]);
  });

  it('says nothing of a generator whose ConfigMap is optional, or called so by a built-in kind', async () => {
    const files = {
      'overlay/kustomization.yaml': 'resources: [app.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n',
      'overlay/app.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, envFrom: [{configMapRef: {name: settings}}]}]}}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: app}
spec: {podTemplate: {spec: {containers: [{name: flink-main-container, envFrom: [{configMapRef: {name: settings, optional: true}}]}]}}}
`,
    };
    expect(await found(files)).toEqual([]);
  });
});

describe('kustomize/integer-rounded', () => {
  const large = topics.replace('spec: {partitions: 3', 'spec: {config: {retention.ms: 9223372036854775807, even: 9007199254740992}, partitions: 3');

  it('finds an integer that a JSON6902 patch rounds, and points at the file it is in', async () => {
    expect(await found({ ...overTopics('{name: orders}'), 'base/topics.yaml': large })).toMatchObject([
      { rule: 'kustomize/integer-rounded', file: 'base/topics.yaml', path: 'spec.config[retention.ms]' },
    ]);
  });

  it('says nothing where a strategic patch keeps it, or a patch sets another', async () => {
    const strategic =
      'patches: [{target: {name: orders}, patch: "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: {name: any}, spec: {partitions: 6}}"}]\n';
    const another = `patches: [{target: {name: orders}, patch: '[{"op": "replace", "path": "/spec/config/retention.ms", "value": 60000}]'}]\n`;
    for (const patches of [strategic, another]) {
      const files = {
        'base/kustomization.yaml': 'resources: [topics.yaml]\n',
        'base/topics.yaml': large,
        'overlay/kustomization.yaml': `resources: [../base]\n${patches}`,
      };
      expect(await found(files)).toEqual([]);
    }
  });
});

describe('addresses that are fetched', () => {
  const rulesFor = async (address: string) =>
    (await found({ 'overlay/kustomization.yaml': `resources: ["${address}"]\n` }, 'does not build')).map(({ rule, path }) => [rule, path]);

  it.each([
    'https://github.com/example/platform//kafka',
    'https://github.com/example/platform//kafka?ref=main',
    'github.com/example/platform/kafka?ref=HEAD',
    'git@github.com:example/platform.git//kafka',
    'ssh://git@example.com/platform.git//kafka?ref=release',
    'https://raw.githubusercontent.com/example/platform/main/kafka.yaml',
    'https://strimzi.io/install/latest?namespace=kafka',
  ])('finds %s unpinned', async (address) => {
    expect(await rulesFor(address)).toEqual([['kustomize/remote-unpinned', 'resources[0]']]);
  });

  it.each([
    'https://github.com/example/platform//kafka?ref=v1.2.3',
    `https://github.com/example/platform//kafka?ref=${'a1'.repeat(20)}`,
    'https://github.com/cert-manager/cert-manager/releases/download/v1.21.0/cert-manager.yaml',
    `https://raw.githubusercontent.com/example/platform/${'a1'.repeat(20)}/kafka.yaml`,
  ])('warns of %s, which is pinned', async (address) => {
    expect(await rulesFor(address)).toEqual([['kustomize/remote-base', 'resources[0]']]);
  });

  it('repeats no password of an address', async () => {
    const [only] = await found(
      { 'overlay/kustomization.yaml': 'resources: ["https://user:hunter2@example.com/platform.git//kafka?ref=main"]\n' },
      'does not build',
    );
    expect(only?.message).toContain('https://example.com/platform.git');
    expect(only?.message).not.toContain('hunter2');
  });
});

describe('what stands in a kustomization', () => {
  it('is said once a field, in every layer', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [topics.yaml]\ncommonLabels: {a: b}\n',
      'base/topics.yaml': topics,
      'overlay/kustomization.yaml': `bases: [../base]\npatchesStrategicMerge:\n  - patch.yaml\n`,
      'overlay/patch.yaml': 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: orders}\nspec: {partitions: 6}\n',
    };
    expect((await found(files)).map(({ rule, file, path }) => [rule, file, path])).toEqual([
      ['kustomize/deprecated-field', 'base/kustomization.yaml', 'commonLabels'],
      ['kustomize/deprecated-field', 'overlay/kustomization.yaml', 'bases'],
      ['kustomize/deprecated-field', 'overlay/kustomization.yaml', 'patchesStrategicMerge'],
    ]);
  });

  it('may have labels that change where no selector gets them', async () => {
    const files = {
      'overlay/kustomization.yaml': 'resources: [topics.yaml]\nlabels: [{includeSelectors: true, pairs: {version: "1"}}]\n',
      'overlay/topics.yaml': topics,
    };
    expect(await found(files)).toEqual([]);
  });

  it('of odd shape is for kustomize to refuse', async () => {
    const odd =
      'resources: {a: b}\npatches: [null, 3, {target: [a], patch: 5}]\nimages: no\nlabels: [null]\nconfigMapGenerator: {}\nopenapi: []\nhelmCharts: [null]\n';
    expect(await found({ 'overlay/kustomization.yaml': odd }, 'does not build')).toEqual([]);
  });
});

describe('a namespace over what belongs to the cluster', () => {
  const issuer = (metadata = ''): string => `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: internal${metadata}}\n`;
  const told = async (files: Files): Promise<readonly string[]> =>
    (await found(files)).filter(({ rule }) => rule === 'kustomize/cluster-scoped-namespace').map(({ file, path, message }) => `${file} ${path}: ${message}`);

  it('is told at the kustomization that sets it', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [issuer.yaml]\n',
      'base/issuer.yaml': issuer(),
      'overlay/kustomization.yaml': 'namespace: flink\nnamePrefix: prod-\nresources: [../base]\n',
    };
    expect(await told(files)).toEqual([
      'overlay/kustomization.yaml namespace: namespace: flink is also given to ClusterIssuer prod-internal, which belongs to no namespace',
    ]);
  });

  it('is nothing where kustomize knows the kind, no namespace is set, or the author wrote it', async () => {
    const built = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\n';
    const overlay = (text: string, more = ''): Files => ({ 'overlay/kustomization.yaml': `resources: [it.yaml]\n${more}`, 'overlay/it.yaml': text });
    expect(await told(overlay(built, 'namespace: flink\n'))).toEqual([]);
    expect(await told(overlay(issuer()))).toEqual([]);
    expect(await told(overlay(issuer(', namespace: flink'), 'namespace: flink\n'))).toEqual([]);
    expect(await told(overlay(issuer().replace('ClusterIssuer', 'Issuer'), 'namespace: flink\n'))).toEqual([]);
  });

  it('is known of a kind that is defined in the same build', async () => {
    const text = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example}
spec:
  group: acme.example
  scope: Cluster
  names: {kind: Quota, plural: quotas}
  versions: [{name: v1}]
---
apiVersion: acme.example/v1
kind: Quota
metadata: {name: default}
`;
    expect(await told({ 'overlay/kustomization.yaml': 'namespace: flink\nresources: [it.yaml]\n', 'overlay/it.yaml': text })).toHaveLength(1);
  });
});
