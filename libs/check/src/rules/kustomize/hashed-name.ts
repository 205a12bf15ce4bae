import { withoutHash } from '../../generated-name.js';
import type { KustomizationRule } from '../../rule.js';
import { buildOf } from './build.js';
import { namedReferences } from './named-references.js';

export const hashedName: KustomizationRule = {
  id: 'kustomize/hashed-name',
  severity: 'error',
  title: 'A custom resource refers to a generated ConfigMap or Secret by the name that it has in the cluster',
  source: 'R73; kustomize, HashTransformer.go and builtinpluginconsts/namereference.go: the hash is put into references of built-in kinds only',
  consequence: 'Nothing has the name that the custom resource gives: its pods wait for a volume, or end with CreateContainerConfigError.',
  fix: 'Set `options: {disableNameSuffixHash: true}` on the generator, or teach kustomize the field by `nameReference` in a file under `configurations`.',
  reach: 'kustomization',
  *check(root) {
    const { rendered } = root;
    if (rendered === undefined) return;
    const generated = buildOf(root).objects.filter(({ hashedBy }) => hashedBy !== undefined);
    if (generated.length === 0) return;
    for (const resource of rendered) {
      for (const { path, name, to } of namedReferences(resource)) {
        const named = rendered.filter(({ kind }) => kind === to);
        if (named.some((other) => other.name === name)) continue;
        const made = generated.find(({ kind, original, current }) => kind === to && (original.name === name || current.name === name));
        if (made?.hashedBy === undefined) continue;
        const { name: stem } = made.current;
        const hashed = named.find((other) => other.name !== stem && withoutHash(other.name) === stem);
        if (hashed === undefined) continue;
        yield {
          ...made.hashedBy,
          message: `${resource.kind} ${resource.name} has ${path.join('.')} ${name}, but the generated ${to} is called ${hashed.name}`,
        };
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [deployment.yaml]
configMapGenerator:
  - name: order-processor
    literals: [topic=orders]
    options: {disableNameSuffixHash: true}
`,
    'deployment.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec: {podTemplate: {spec: {volumes: [{name: settings, configMap: {name: order-processor}}]}}}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [deployment.yaml]
configMapGenerator:
  - name: order-processor
    literals: [topic=orders]
`,
    'deployment.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec: {podTemplate: {spec: {volumes: [{name: settings, configMap: {name: order-processor}}]}}}
`,
  },
};
