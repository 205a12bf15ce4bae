import type { FieldPath } from '../../field.js';
import { listAt, textsAt } from '../../field.js';
import { layersOf, type Kustomization } from '../../sources/kustomization.js';

/** An entry of a kustomization that is fetched when it is built. */
export interface RemoteEntry {
  readonly file: string;
  readonly path: FieldPath;
  readonly address: string;
  /** Whether it names a version or a commit, and not what is newest when it is built. */
  readonly isPinned: boolean;
}

/** All that a build fetches. */
export function* remoteEntries(root: Kustomization): Generator<RemoteEntry> {
  for (const layer of layersOf(root)) {
    const local = new Set(layer.bases.map(({ path }) => path.join(' ')));
    for (const field of ['resources', 'bases', 'components']) {
      for (const [index, address] of textsAt(layer.body, field).entries()) {
        if (local.has(`${field} ${index}`) || !isRemote(address)) continue;
        yield { file: layer.file, path: [field, index], address: withoutCredentials(address), isPinned: isPinned(address) };
      }
    }
    for (const field of ['configMapGenerator', 'secretGenerator']) {
      for (const [index, generator] of listAt(layer.body, field).entries()) {
        for (const [place, entry] of textsAt(generator, 'files').entries()) {
          // With or without the key that it is to have.
          const address = entry.replace(/^[-\w.]+=/, '');
          if (!/^https?:\/\//.test(address)) continue;
          yield { file: layer.file, path: [field, index, 'files', place], address: withoutCredentials(address), isPinned: isPinned(address) };
        }
      }
    }
  }
}

function isRemote(address: string): boolean {
  return /^(?:git::)?(?:https?|ssh|git|file|oci):\/\/|^(?:git::)?[\w.-]+@[\w.-]+[:/]|^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:]|[?&]ref=/.test(
    address,
  );
}

/** A full commit, or something with a version's numbers in it. Without a ref, only the address of a file can have either. */
function isPinned(address: string): boolean {
  const ref = /[?&](?:ref|version)=([^&]*)/.exec(address)?.[1];
  const told = ref ?? (/\/[^/?]+\.\w+$/.test(address) ? address.replace(/^\w+:\/\/[^/]*/, '') : '');
  return /(?:^|\/)[\da-f]{40}(?:$|\/)|\d+\.\d+/.test(told);
}

function withoutCredentials(address: string): string {
  return address.replace(/:\/\/[^/@]*@/, '://');
}
