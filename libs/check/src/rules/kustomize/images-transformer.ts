import type { Value } from '@millrace/kustomize';

import { isList, isMap, listAt, scalarText, textAt, type FieldPath } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { groupOf } from '../../subject.js';
import { layersOf } from '../../sources/kustomization.js';
import { buildOf, renderedOf } from './build.js';
import { isCustomGroup } from '../../built-in-groups.js';

const FIELDS = ['images', 'imageTags'] as const;

export const imagesTransformer: KustomizationRule = {
  id: 'kustomize/images-transformer',
  severity: 'error',
  title: 'An images entry reaches the image of a custom resource',
  source: 'R73; kustomize, imagetag/legacy.go and builtinpluginconsts/images.go: only image fields of containers and initContainers are known',
  consequence: 'Kustomize says nothing and the old image is deployed: the new version never runs.',
  fix: 'Set spec.image by a patch, or tell kustomize of the field: `configurations: [images.yaml]` with `images: [{path: spec/image, kind: FlinkDeployment}]`.',
  reach: 'kustomization',
  *check(root) {
    const { rendered } = root;
    if (rendered === undefined) return;
    const build = buildOf(root);
    const layers = layersOf(root);
    const entries = layers.flatMap((layer) => FIELDS.flatMap((field) => listAt(layer.body, field)));
    for (const layer of layers) {
      const reached = new Set((build.outputs.get(layer.folder) ?? []).flatMap((candidate) => renderedOf(candidate, build, rendered)));
      for (const field of FIELDS) {
        for (const [index, entry] of listAt(layer.body, field).entries()) {
          const name = textAt(entry, 'name');
          if (name === undefined) continue;
          for (const resource of reached) {
            if (!isCustomGroup(groupOf(resource.apiVersion))) continue;
            for (const { path, image } of imagesOf(resource.body, [])) {
              if (partsOf(image).name !== name || entries.some((other) => textAt(other, 'name') === name && isDone(other, image))) continue;
              yield {
                file: layer.file,
                path: [field, index],
                message: `${resource.kind} ${resource.name} still has ${path.join('.')} ${image}: kustomize does not look for images there`,
              };
            }
          }
        }
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [deployment.yaml]
images: [{name: example.com/order-processor, newTag: 1.1.0}]
configurations: [images.yaml]
`,
    'images.yaml': `
images: [{path: spec/image, kind: FlinkDeployment}]
`,
    'deployment.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec: {image: "example.com/order-processor:1.0.0"}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [deployment.yaml]
images: [{name: example.com/order-processor, newTag: 1.1.0}]
`,
    'deployment.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec: {image: "example.com/order-processor:1.0.0"}
`,
  },
};

/** The image fields of a resource that kustomize does not find by itself. */
function* imagesOf(value: Value, path: FieldPath): Generator<{ path: FieldPath; image: string }> {
  if (isList(value)) for (const [index, item] of value.entries()) yield* imagesOf(item, [...path, index]);
  if (!isMap(value)) return;
  for (const [field, item] of Object.entries(value)) {
    if (field === 'containers' || field === 'initContainers') continue;
    if (field === 'image' && typeof item === 'string') yield { path: [...path, field], image: item };
    else yield* imagesOf(item, [...path, field]);
  }
}

function partsOf(image: string): { name: string; tag: string; digest: string } {
  const [, name = '', tag = '', digest = ''] = /^(.*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(image) ?? [];
  return { name, tag, digest };
}

/** Whether an image already is what an entry makes of it. */
function isDone(entry: Value, image: string): boolean {
  const { name, tag, digest } = partsOf(image);
  const wanted = { name: textAt(entry, 'newName'), tag: scalarText(fieldOf(entry, 'newTag')), digest: textAt(entry, 'digest') };
  return (!wanted.name || wanted.name === name) && (!wanted.tag || wanted.tag === tag) && (!wanted.digest || wanted.digest === digest);
}

function fieldOf(entry: Value, field: string): Value | undefined {
  return isMap(entry) ? entry[field] : undefined;
}
