import { fieldAt, isMap, listAt, textAt, type FieldPath } from '../field.js';
import { withoutHash } from '../generated-name.js';
import { layersOf, type Kustomization, type SourceDocument } from '../sources/kustomization.js';
import { groupOf, type Subject } from '../subject.js';

/** A part of an overlay's sources that says something of a resource, and where the field that is looked for is in it. */
export interface Source {
  readonly file: string;
  readonly document: number;
  /** From the document's root. */
  readonly path: FieldPath;
  /** Where the YAML stands in the file, as a text, if it is no document of its own: an inline patch. */
  readonly inline?: FieldPath;
}

interface Candidate extends Source {
  /** How many steps of the path this source has. */
  readonly depth: number;
  readonly isResource: boolean;
}

/**
 * The source of a field of a rendered resource. Patches win over what they patch, and the layers above over those below: what is
 * written last is what stands.
 * @returns undefined where nothing of what was read made the resource
 */
export function sourceOf(root: Kustomization, subject: Subject, path: FieldPath): Source | undefined {
  const layers = layersOf(root);
  const names = new NamesOf(layers);
  let best: Candidate | undefined;
  const offer = (candidate: Candidate): void => {
    const isMore = best === undefined || candidate.depth > best.depth;
    // A patch says only what it changes: what nobody wrote belongs to the resource itself.
    const isOwner = best !== undefined && candidate.depth === best.depth && candidate.depth < path.length && candidate.isResource && !best.isResource;
    if (isMore || isOwner) best = candidate;
  };
  for (const layer of [...layers].reverse()) {
    for (const { path: at, content, target } of [...layer.patches].reverse()) {
      if (content.kind === 'operations') {
        const operation = isTarget(target, subject)
          ? operationFor(
              content.operations.map((each) => textAt(each, 'path') ?? ''),
              path,
            )
          : undefined;
        if (operation === undefined) continue;
        const inline = content.at.length === 0 ? {} : { inline: content.at };
        return { file: content.file, document: 0, path: [operation], ...inline };
      }
      for (const object of content.objects) {
        if (!(target === undefined ? names.isSame(object.body, subject) : isTarget(target, subject))) continue;
        const own = pathIn(object.body, subject, path);
        const inline = object.file === layer.file ? { inline: at[0] === 'patchesStrategicMerge' ? at : [...at, 'patch'] } : {};
        offer({ file: object.file, document: object.document, path: own, depth: depthOf(object.body, own), isResource: false, ...inline });
      }
    }
    for (const { file, document, body, at } of layer.resources.flatMap(itemsOf)) {
      if (!names.isSame(body, subject)) continue;
      const own = pathIn(body, subject, path);
      offer({ file, document, path: [...at, ...own], depth: depthOf(body, own), isResource: true });
    }
    const generator = generatorOf(layer, subject, names);
    if (generator !== undefined) offer({ file: layer.file, document: 0, path: generator, depth: 0, isResource: true });
  }
  return best;
}

/** The objects of a document: itself, or the items of a List, which kustomize takes one by one. */
function itemsOf(source: SourceDocument): readonly (SourceDocument & { readonly at: FieldPath })[] {
  const items = (textAt(source.body, 'kind') ?? '').endsWith('List') ? listAt(source.body, 'items') : [];
  if (items.length === 0) return [{ ...source, at: [] }];
  return items.flatMap((body, index) => (isMap(body) ? [{ ...source, body, at: ['items', index] }] : []));
}

/** The names that an object may have got on its way through the layers of an overlay. */
class NamesOf {
  readonly #prefixes: readonly string[];
  readonly #suffixes: readonly string[];
  readonly #moves: boolean;

  constructor(layers: readonly Kustomization[]) {
    const texts = (field: string): readonly string[] => layers.flatMap(({ body }) => textAt(body, field) ?? []).filter((text) => text !== '');
    this.#prefixes = texts('namePrefix');
    this.#suffixes = texts('nameSuffix');
    this.#moves = layers.some(({ body }) => textAt(body, 'namespace') !== undefined);
  }

  /** Whether an object is the one that became a resource. */
  isSame(body: SourceDocument['body'], { resource, group }: Subject): boolean {
    const namespace = textAt(body, 'metadata', 'namespace');
    if (textAt(body, 'kind') !== resource.kind || groupOf(textAt(body, 'apiVersion') ?? '') !== group) return false;
    if (namespace !== undefined && resource.namespace !== undefined && namespace !== resource.namespace && !this.#moves) return false;
    return this.isNamed(textAt(body, 'metadata', 'name') ?? '', resource.name, false);
  }

  /** Whether a name of a file became a name of the cluster; what a generator makes may end in a hash. */
  isNamed(original: string, name: string, isGenerated: boolean): boolean {
    if (original === '') return false;
    for (let at = name.indexOf(original); at >= 0; at = name.indexOf(original, at + 1)) {
      const after = name.slice(at + original.length);
      const suffix = isGenerated ? withoutHash(after) : after;
      if (isMadeOf(name.slice(0, at), this.#prefixes) && isMadeOf(suffix, this.#suffixes)) return true;
    }
    return false;
  }
}

/** Whether a text is some of the parts, one after the other; nothing is. */
function isMadeOf(text: string, parts: readonly string[]): boolean {
  return text === '' || parts.some((part) => text.startsWith(part) && isMadeOf(text.slice(part.length), parts));
}

/** The entry of a generator that makes a resource. */
function generatorOf(layer: Kustomization, { resource }: Subject, names: NamesOf): FieldPath | undefined {
  const field = resource.kind === 'ConfigMap' ? 'configMapGenerator' : resource.kind === 'Secret' ? 'secretGenerator' : undefined;
  if (field === undefined) return undefined;
  const index = listAt(layer.body, field).findIndex((entry) => names.isNamed(textAt(entry, 'name') ?? '', resource.name, true));
  return index < 0 ? undefined : [field, index];
}

/** Whether a patch's target selects a resource, by what it is called in the cluster: kind and name are regular expressions. */
function isTarget(target: SourceDocument['body'] | undefined, { resource, group }: Subject): boolean {
  if (target === undefined) return false;
  const agrees = (field: string, value: string): boolean => {
    const expression = textAt(target, field);
    if (expression === undefined || expression === '') return true;
    try {
      return new RegExp(`^(?:${expression})$`).test(value);
    } catch {
      return false;
    }
  };
  return agrees('name', resource.name) && agrees('kind', resource.kind) && agrees('group', group);
}

/** The JSON6902 operation that wrote a field: the one that goes deepest on the way to it. `-` is whatever came last. */
function operationFor(pointers: readonly string[], path: FieldPath): number | undefined {
  let best: { readonly index: number; readonly depth: number } | undefined;
  for (const [index, pointer] of pointers.entries()) {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const isOnTheWay = steps.length <= path.length && steps.every((step, at) => step === String(path[at]) || (step === '-' && typeof path[at] === 'number'));
    if (isOnTheWay && steps.length > 1 && (best === undefined || steps.length >= best.depth)) best = { index, depth: steps.length };
  }
  return best?.index;
}

/** The path as a source has it: its lists may have other lengths, so an element is found by its name where it has one. */
function pathIn(body: SourceDocument['body'], { resource }: Subject, path: FieldPath): FieldPath {
  const own: (string | number)[] = [];
  for (const [index, step] of path.entries()) {
    if (typeof step !== 'number') {
      own.push(step);
      continue;
    }
    const element = fieldAt(resource.body, ...path.slice(0, index), step);
    const name = isMap(element) ? textAt(element, 'name') : undefined;
    const here = name === undefined ? -1 : listAt(body, ...own).findIndex((item) => textAt(item, 'name') === name);
    own.push(name === undefined ? step : here < 0 ? Number.MAX_SAFE_INTEGER : here);
  }
  return own;
}

function depthOf(body: SourceDocument['body'], path: FieldPath): number {
  let depth = 0;
  while (depth < path.length && fieldAt(body, ...path.slice(0, depth + 1)) !== undefined) depth += 1;
  return depth;
}
