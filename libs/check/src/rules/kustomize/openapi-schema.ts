import { fieldAt, hasField, isList, isMap, textAt } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { groupOf } from '../../subject.js';
import { layersOf } from '../../sources/kustomization.js';
import type { Value } from '@millrace/kustomize';
import { buildOf } from './build.js';
import { isCustomGroup } from '../../built-in-groups.js';

/** Whoever merges lists of pods needs this definition. */
const POD_SPEC = 'io.k8s.api.core.v1.PodSpec';

export const openapiSchema: KustomizationRule = {
  id: 'kustomize/openapi-schema',
  severity: 'error',
  title: 'A schema under openapi.path has the built-in kinds too',
  source: 'R75; kustomize, kyaml/openapi (SetSchema): the file takes the place of the whole built-in schema',
  consequence:
    'Patches of Deployments and other built-in kinds replace lists that they used to merge: containers and environment variables of the base are gone.',
  fix: 'Let `kustomize openapi fetch` write the whole schema of a cluster, custom resources included, and add the merge keys to that.',
  reach: 'kustomization',
  *check(root) {
    for (const { body, file, openapi } of layersOf(root)) {
      const path = textAt(body, 'openapi', 'path');
      if (path === undefined || openapi === undefined || hasField(openapi, 'definitions', POD_SPEC)) continue;
      for (const { patch } of buildOf(root).sights) {
        if (patch.content.kind !== 'strategic') continue;
        const patched = patch.content.objects.find(
          (object) => !isCustomGroup(groupOf(textAt(object.body, 'apiVersion') ?? '')) && hasContainers(fieldAt(object.body, 'spec')),
        );
        if (patched === undefined) continue;
        yield {
          file,
          path: ['openapi', 'path'],
          message: `${path} does not define ${POD_SPEC}: the patch of ${textAt(patched.body, 'kind') ?? ''} ${textAt(patched.body, 'metadata', 'name') ?? ''} replaces its list of containers`,
        };
        break;
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [app.yaml]
patches: [{path: limits.yaml}]
`,
    'app.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, image: "example.com/app:1.0.0"}, {name: proxy, image: "example.com/proxy:1.0.0"}]}}}
`,
    'limits.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, resources: {limits: {memory: 1Gi}}}]}}}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [app.yaml]
patches: [{path: limits.yaml}]
openapi: {path: flink.json}
`,
    'app.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, image: "example.com/app:1.0.0"}, {name: proxy, image: "example.com/proxy:1.0.0"}]}}}
`,
    'limits.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, resources: {limits: {memory: 1Gi}}}]}}}
`,
    'flink.json': `
{"definitions": {"org.apache.flink.v1beta1.FlinkDeployment": {"type": "object"}}}
`,
  },
};

function hasContainers(value: Value | undefined): boolean {
  if (!isMap(value)) return false;
  return Object.entries(value).some(([field, item]) => (field === 'containers' ? isList(item) : hasContainers(item)));
}
