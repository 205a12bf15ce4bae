import type { KustomizationRule } from '../../rule.js';
import { groupKindOf } from '../../subject.js';
import { buildOf } from './build.js';
import { namedReferences } from './named-references.js';

export const renamedReference: KustomizationRule = {
  id: 'kustomize/renamed-reference',
  severity: 'error',
  title: 'No prefix or suffix changes a name that a custom resource refers to',
  source: 'R72; kustomize, builtinpluginconsts/namereference.go: it follows names in the fields of built-in kinds only (run with 5.8.1)',
  consequence: 'The custom resource goes on naming what is no longer called so: no operator takes it up, or its pods do not start.',
  fix: 'Remove namePrefix and nameSuffix and write whole names, or teach kustomize the field by `nameReference` in a file under `configurations`.',
  reach: 'kustomization',
  *check(root) {
    const { rendered } = root;
    if (rendered === undefined) return;
    const build = buildOf(root);
    for (const resource of rendered) {
      for (const { path, name, to } of namedReferences(resource)) {
        const isThere = rendered.some((other) => groupKindOf(other.apiVersion, other.kind) === to && other.name === name);
        if (isThere) continue;
        const target = build.objects.find(
          ({ group, kind, original, renamedBy, hashedBy }) =>
            (group === '' ? kind : `${group}/${kind}`) === to && original.name === name && renamedBy !== undefined && hashedBy === undefined,
        );
        if (target?.renamedBy === undefined) continue;
        yield {
          ...target.renamedBy,
          message: `${resource.kind} ${resource.name} has ${path.join('.')} ${name}, but that ${target.kind} is now called ${target.current.name}`,
          fix: `Remove ${String(target.renamedBy.path[0])} and write whole names, or add a nameReference for ${target.kind} with path ${path.map((step) => String(step).replaceAll('/', '\\/')).join('/')} and kind ${resource.kind} under configurations.`,
        };
      }
    }
  },
  passes: {
    'kustomization.yaml': `
namePrefix: dev-
resources: [app.yaml]
`,
    'app.yaml': `
apiVersion: v1
kind: ServiceAccount
metadata: {name: app}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec:
      serviceAccountName: app
      containers: [{name: app, image: "example.com/app:1.0.0"}]
`,
  },
  fails: {
    'kustomization.yaml': `
namePrefix: dev-
resources: [kafka.yaml]
`,
    'kafka.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3}
`,
  },
};
