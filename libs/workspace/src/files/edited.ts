import type { Files } from './files.js';

/** Files with new texts on top, and without those whose text is null: what a command is about to declare, before anything is written. */
export function editedFiles(files: Files, texts: ReadonlyMap<string, string | null>): Files {
  const gone = (path: string): boolean => texts.get(path) === null;
  /** Git knows no empty folders, and neither does anybody who reads a repository. */
  const isEmptied = (folder: string): boolean => {
    if (![...texts].some(([path, text]) => text === null && path.startsWith(`${folder}/`))) return false;
    return list(folder).length === 0;
  };
  const list: Files['list'] = (folder) => {
    const prefix = folder === '.' ? '' : `${folder}/`;
    const there = files.list(folder).filter(({ name, kind }) => (kind === 'folder' ? !isEmptied(`${prefix}${name}`) : !gone(`${prefix}${name}`)));
    const entries = new Map(there.map((entry) => [entry.name, entry]));
    for (const [path, text] of texts) {
      if (text === null || !path.startsWith(prefix)) continue;
      const [name, ...rest] = path.slice(prefix.length).split('/');
      if (name !== undefined && !entries.has(name)) entries.set(name, { name, kind: rest.length === 0 ? 'file' : 'folder' });
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  return {
    readIfText(path) {
      const text = texts.get(path);
      return text === null ? undefined : (text ?? files.readIfText(path));
    },
    read(path) {
      const text = texts.get(path);
      return text === null ? undefined : (text ?? files.read(path));
    },
    list,
  };
}
