import type { Files } from './files.js';

/** Files with new texts on top: what a command is about to declare, before anything is written. */
export function editedFiles(files: Files, texts: ReadonlyMap<string, string>): Files {
  return {
    read: (path) => texts.get(path) ?? files.read(path),
    list(folder) {
      const entries = new Map(files.list(folder).map((entry) => [entry.name, entry]));
      const prefix = folder === '.' ? '' : `${folder}/`;
      for (const path of texts.keys()) {
        if (!path.startsWith(prefix)) continue;
        const [name, ...rest] = path.slice(prefix.length).split('/');
        if (name !== undefined && !entries.has(name)) entries.set(name, { name, kind: rest.length === 0 ? 'file' : 'folder' });
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
