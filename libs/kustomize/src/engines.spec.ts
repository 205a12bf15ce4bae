import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.js';
import { engineVersion } from './engine-version.js';
import { openRenderer } from './open-renderer.js';
import { pipelineFiles, pipelineOverlay } from './testing/pipeline-files.js';
import { temporaryRepository } from './testing/temporary-repository.js';

const external: readonly Engine[] = ['kubectl', 'kustomize'];
// What 5.4 and older print differs in places that are kustomize's own to explain.
const isComparable = (version: string): boolean => Number(/^v5\.(\d+)\./.exec(version)?.[1] ?? 0) >= 5;
const versions = new Map<Engine, string>();
for (const engine of external) {
  const version = await engineVersion(engine);
  if (version !== undefined && isComparable(version)) versions.set(engine, version);
  else console.warn(`${engine} ${version ?? 'is not installed'}: its bytes are NOT compared with the embedded engine's (that needs 5.5 or newer)`);
}

const flink = (name: string): string => `apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: ${name}}
spec:
  image: example/x:1
  flinkConfiguration: {a: "1", b: "2"}
  podTemplate:
    spec:
      containers:
      - name: flink-main-container
        env: [{name: A, value: a}]
        volumeMounts: [{name: c, mountPath: /c}]
      volumes: [{name: c, configMap: {name: settings}}]
  job: {parallelism: 1}
`;
const topic = (name: string): string => `apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: ${name}, labels: {strimzi.io/cluster: main}}
spec: {partitions: 3, replicas: 3, config: {retention.ms: 9223372036854775807}}
`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: main, image: "example/web:1", envFrom: [{configMapRef: {name: settings}}]}
      - {name: side, image: "example/side:1"}
`;

// Each is the overlay `o` and what it needs.
const overlays: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "resources in kustomize's order": {
    'o/kustomization.yaml': 'resources: [topic.yaml, web.yaml, flink.yaml, ns.yaml]\n',
    'o/topic.yaml': topic('b') + '---\n' + topic('a'),
    'o/web.yaml': deployment,
    'o/flink.yaml': flink('f'),
    'o/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: n}\n',
  },
  'a namespace and subjects': {
    'o/kustomization.yaml': 'namespace: shop\nresources: [../b]\n',
    'b/kustomization.yaml': 'resources: [rbac.yaml, topic.yaml]\n',
    'b/topic.yaml': topic('t').replace('{name: t,', '{name: t, namespace: elsewhere,'),
    'b/rbac.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: {name: flink}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: flink}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: flink}
subjects: [{kind: ServiceAccount, name: flink}]
`,
  },
  'labels, annotations, a prefix and a suffix': {
    'o/kustomization.yaml': `resources: [../b]
namePrefix: p-
nameSuffix: -s
labels:
- pairs: {team: shop}
  includeSelectors: true
- pairs: {env: prod}
  includeTemplates: true
commonAnnotations: {note: "12:30", agreed: "yes"}
`,
    'b/kustomization.yaml': 'resources: [web.yaml, topic.yaml]\n',
    'b/web.yaml': deployment,
    'b/topic.yaml': topic('t'),
  },
  'strategic merge patches on custom resources': {
    'o/kustomization.yaml': 'resources: [../b]\npatches:\n- path: patches/topic.yaml\n- path: patches/flink.yaml\n- path: patches/web.yaml\n',
    'o/patches/topic.yaml': topic('t').replace('partitions: 3', 'partitions: 12'),
    'o/patches/flink.yaml': `apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: f}
spec:
  flinkConfiguration: {b: null, c: "1e3"}
  podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: B, value: b}]}]}}
`,
    'o/patches/web.yaml': deployment.replace('example/side:1', 'example/side:2'),
    'b/kustomization.yaml': 'resources: [topic.yaml, flink.yaml, web.yaml]\n',
    'b/topic.yaml': topic('t'),
    'b/flink.yaml': flink('f'),
    'b/web.yaml': deployment,
  },
  'patches as inline text, by target': {
    'o/kustomization.yaml': `resources: [../b]
patches:
- target: {kind: KafkaTopic, name: "t[12]"}
  patch: |-
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaTopic
    metadata: {name: any}
    spec: {config: {cleanup.policy: compact}}
- target: {kind: FlinkDeployment}
  patch: |-
    - {op: replace, path: /spec/job/parallelism, value: 4}
    - {op: add, path: /spec/podTemplate/spec/containers/0/env/-, value: {name: C, value: "0755"}}
- target: {kind: Absent}
  patch: |-
    - {op: remove, path: /spec}
- patch: |-
    $patch: delete
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaTopic
    metadata: {name: t3}
`,
    'b/kustomization.yaml': 'resources: [topics.yaml, flink.yaml]\n',
    'b/topics.yaml': [topic('t1'), topic('t2'), topic('t3')].join('---\n'),
    'b/flink.yaml': flink('f'),
  },
  'generated ConfigMaps and Secrets, hashed': {
    'o/kustomization.yaml': `resources: [web.yaml, flink.yaml]
configMapGenerator:
- name: settings
  files: [job.sql, renamed.txt=data/a.txt]
  literals: [a=b, "n=9223372036854775807", "text=yes: no"]
- name: from-env
  envs: [settings.env]
secretGenerator:
- name: secret
  literals: [password=p]
`,
    'o/web.yaml': deployment,
    'o/flink.yaml': flink('f'),
    'o/job.sql': 'select *\nfrom orders;\n\n-- end, no newline',
    'o/data/a.txt': 'trailing space \n\ttab\n',
    'o/settings.env': 'A=1\nB=two words\n# comment\n',
  },
  'generated ConfigMaps, not hashed, merged': {
    'o/kustomization.yaml': `resources: [../b]
generatorOptions: {disableNameSuffixHash: true, labels: {made: "true"}}
configMapGenerator:
- {name: settings, behavior: merge, literals: [b=2]}
`,
    'b/kustomization.yaml':
      'generatorOptions: {disableNameSuffixHash: true}\nresources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=1, b=1]}]\n',
    'b/web.yaml': deployment,
  },
  'components and replacements': {
    'o/kustomization.yaml': `resources: [../b]
components: [../c]
replacements:
- source: {kind: KafkaTopic, name: t, fieldPath: metadata.name}
  targets: [{select: {kind: FlinkDeployment}, fieldPaths: [spec.flinkConfiguration.a]}]
`,
    'b/kustomization.yaml': 'resources: [topic.yaml, flink.yaml]\n',
    'b/topic.yaml': topic('t'),
    'b/flink.yaml': flink('f'),
    'c/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: suspend.yaml, target: {kind: FlinkDeployment}}]\nresources: [extra.yaml]\n',
    'c/suspend.yaml': '- {op: add, path: /spec/job/state, value: suspended}\n',
    'c/extra.yaml': topic('extra'),
  },
  'configurations for custom resources, and images': {
    'o/kustomization.yaml': `resources: [flink.yaml, web.yaml]
configurations: [fields.yaml]
images: [{name: example/x, newTag: "2"}, {name: example/web, newName: example/web2, digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}]
replicas: [{name: web, count: 3}]
configMapGenerator: [{name: settings, literals: [a=b]}]
`,
    'o/fields.yaml': `images: [{path: spec/image, kind: FlinkDeployment}]
nameReference:
- kind: ConfigMap
  fieldSpecs: [{path: spec/podTemplate/spec/volumes/configMap/name, kind: FlinkDeployment}]
`,
    'o/flink.yaml': flink('f'),
    'o/web.yaml': deployment,
  },
  'text of every kind': {
    'o/kustomization.yaml': 'resources: [a.yaml]\nnamespace: shop\n',
    'o/a.yaml': `# a comment
apiVersion: v1
kind: ConfigMap
metadata:
  name: text # another
  annotations: {empty: "", emoji: "🌊 Wasser größer 水", quote: 'it''s "quoted"'}
data:
  literal: |
    line one
      indented: yes

    # not a comment
  kept: |+
    two newlines

  folded: >-
    one line
    of two
  crlf: "a\\r\\nb"
  tab: "a\\tb"
  long: ${'word '.repeat(60)}end
  octal: "0755"
  float: "1e3"
  truth: "yes"
  time: "12:30"
  date: "2026-11-22"
  colon: "a: b"
  hash: "a #b"
  nothing: "null"
  tilde: "~"
  dash: "- a"
  nbsp: "a\\u00a0b"
  separator: "---"
  document: |
    ---
    a: b
    ---
`,
  },
  'numbers as they were': {
    'o/kustomization.yaml':
      'resources: [a.yaml]\nlabels: [{pairs: {a: b}}]\npatches:\n- patch: |-\n    apiVersion: x.example/v1\n    kind: X\n    metadata: {name: x}\n    spec: {added: 9007199254740993}\n',
    'o/a.yaml':
      'apiVersion: x.example/v1\nkind: X\nmetadata: {name: x}\nspec: {max: 9223372036854775807, min: -9223372036854775808, safe: 9007199254740993, float: 1.5, exp: 1e3, small: 1e-7, hex: 0x1F, octal: 0o17, old: 0755, zero: 0, negative: -0.5, list: [1, 2.0, ~]}\n',
  },
  'a large integer after a JSON patch': {
    'o/kustomization.yaml': 'resources: [topic.yaml]\npatches: [{target: {kind: KafkaTopic}, patch: "- {op: replace, path: /spec/partitions, value: 6}"}]\n',
    'o/topic.yaml': topic('t'),
  },
  'its own order': {
    'o/kustomization.yaml': 'resources: [topic.yaml, web.yaml, flink.yaml]\nsortOptions: {order: fifo}\n',
    'o/topic.yaml': topic('t'),
    'o/web.yaml': deployment,
    'o/flink.yaml': flink('f'),
  },
  'where things come from': {
    'o/kustomization.yaml': 'resources: [../b]\nbuildMetadata: [originAnnotations, transformerAnnotations]\nnamePrefix: p-\n',
    'b/kustomization.yaml': 'resources: [topic.yaml]\nconfigMapGenerator: [{name: c, literals: [a=b]}]\n',
    'b/topic.yaml': topic('t'),
  },
  'a List, and a link within the repository': {
    'o/kustomization.yaml': 'resources: [list.yaml, ../linked]\n',
    'o/list.yaml':
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n',
    'real/kustomization.yaml': 'resources: [topic.yaml]\n',
    'real/topic.yaml': topic('t'),
  },
  'nothing at all': { 'o/kustomization.yaml': 'resources: []\n' },
  'a whole pipeline': { ...pipelineFiles, 'o/kustomization.yaml': `resources: [../${pipelineOverlay}]\n` },
};

describe.each(external)('the embedded engine and %s', (engine) => {
  describe.skipIf(versions.get(engine) === undefined)(`${versions.get(engine) ?? 'not installed'} give the same bytes for`, () => {
    it.each(Object.entries(overlays))('%s', async (_what, files) => {
      using repository = temporaryRepository(files);
      if ('real/kustomization.yaml' in files) repository.link('linked', 'real');
      const source = { root: repository.root };
      await using embedded = openRenderer({ source });
      await using other = openRenderer({ source, engine });
      const [ours, theirs] = await Promise.all([embedded.render('o'), other.render('o')]);
      if (theirs.kind === 'failed') throw new Error(theirs.message);
      if (ours.kind === 'failed') throw new Error(ours.message);
      expect(ours.yaml).toBe(theirs.yaml);
      expect(theirs.inputs).toBeUndefined();
    });

    it('and both refuse a missing base', async () => {
      using repository = temporaryRepository({ 'o/kustomization.yaml': 'resources: [../nope]\n' });
      for (const one of ['embedded', engine] as const) {
        await using renderer = openRenderer({ source: { root: repository.root }, engine: one });
        const result = await renderer.render('o');
        expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
        const message = result.kind === 'failed' ? result.message : '';
        expect(message).toContain("'../nope'");
        expect(message).not.toContain(repository.root);
      }
    });
  });
});

describe('an external engine', () => {
  it('that is not installed is said to be missing', async () => {
    using repository = temporaryRepository({ 'o/kustomization.yaml': 'resources: []\n' });
    const path = process.env['PATH'];
    process.env['PATH'] = repository.root;
    try {
      await using renderer = openRenderer({ source: { root: repository.root }, engine: 'kustomize' });
      expect(await renderer.render('o')).toEqual({
        kind: 'failed',
        overlay: 'o',
        reason: 'engine-missing',
        message: 'kustomize is not installed, or not on the PATH',
      });
      expect(await engineVersion('kustomize')).toBeUndefined();
      expect(await engineVersion('kubectl')).toBeUndefined();
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describe('the embedded engine', () => {
  it('knows its version', async () => {
    expect(await engineVersion('embedded')).toMatch(/^v5\.\d+\.\d+$/);
  });
});
