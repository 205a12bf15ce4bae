import { locate, type Declared, type Path, type Problem, type Workspace } from '@millrace/model';

/** What must hold between declared files, beyond what each file's own schema says: one concern a file of this folder. */
export type WorkspaceRule = (workspace: Workspace) => Iterable<Problem>;

/** A problem at a value of a declared file. */
export function problemAt(declared: Declared<unknown>, path: Path, message: string, remedy: string): Problem {
  return { file: declared.file, position: locate(declared, path), message, remedy };
}
