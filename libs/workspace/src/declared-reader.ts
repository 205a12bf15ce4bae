import { readDeclared, type Declared, type Problem } from '@millrace/model';
import type * as z from 'zod';

import { filesUnder, isNobodys, type Files } from './files/files.js';
import { missingFile } from './missing-file.js';

/** Reads declared files one after the other, and gathers all that is wrong with any of them. */
export class DeclaredReader {
  readonly problems: Problem[] = [];

  constructor(readonly files: Files) {}

  /** A declared file; undefined where it is missing or wrong, which is a problem then. `missing` is what to say of a missing one, if there is more to say. */
  read<S extends z.ZodType>(file: string, schema: S, missing?: Pick<Problem, 'message' | 'remedy'>): Declared<z.output<S>> | undefined {
    const text = this.files.read(file);
    if (text === undefined) {
      this.problems.push({ ...missingFile(this.files, file), ...missing });
      return undefined;
    }
    const reading = readDeclared(file, text, schema);
    if (reading.kind === 'read') return reading.declared;
    this.problems.push(...reading.problems);
    return undefined;
  }

  /** The folders that a folder has, by name; one whose name cannot be is a problem. */
  folders(folder: string, name: z.ZodString): readonly string[] {
    return this.files.list(folder).flatMap((entry) => {
      // Git knows no empty folder; that a file manager left something of its own in one makes it none.
      if (entry.kind !== 'folder' || isNobodys(entry.name) || isEmpty(this.files, `${folder}/${entry.name}`)) return [];
      const checked = name.safeParse(entry.name);
      if (checked.success) return [entry.name];
      const message = checked.error.issues.map((issue) => issue.message).join('; ');
      this.problems.push({ file: `${folder}/${entry.name}`, message, remedy: 'Rename the folder.' });
      return [];
    });
  }

  /** That a file calls what it declares as its folder is called. */
  expectName({ file }: Declared<unknown>, key: string, name: string, folder: string): void {
    if (name === folder) return;
    const remedy = `Write ${key}: ${folder}, or rename the folder.`;
    this.problems.push({ file, message: `${key} is ${name}, but the folder is called ${folder}`, remedy });
  }
}

/** Whether nothing is in a folder that somebody put there. */
function isEmpty(files: Files, folder: string): boolean {
  return filesUnder(files, folder).next().done === true;
}
