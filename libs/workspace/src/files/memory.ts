import type { Entry, Files } from './files.js';

/** Files held in memory, by path. */
export function memoryFiles(texts: ReadonlyMap<string, string>): Files {
  const folders = new Map<string, Map<string, Entry>>();
  const add = (path: string, kind: Entry['kind']): void => {
    const cut = path.lastIndexOf('/');
    const folder = cut === -1 ? '.' : path.slice(0, cut);
    let entries = folders.get(folder);
    if (entries === undefined) {
      entries = new Map<string, Entry>();
      folders.set(folder, entries);
      if (folder !== '.') add(folder, 'folder');
    }
    const name = path.slice(cut + 1);
    entries.set(name, { name, kind });
  };
  for (const path of texts.keys()) add(path, 'file');
  return {
    read: (path) => texts.get(path),
    readIfText: (path) => texts.get(path),
    list: (folder) => [...(folders.get(folder)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
