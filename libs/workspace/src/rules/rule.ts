import { locate, pinnedDeclaration, type Declared, type Path, type Placement, type Problem, type Workspace } from '@millrace/model';

/** What must hold between declared files, beyond what each file's own schema says: one concern a file of this folder. */
export type WorkspaceRule = (workspace: Workspace) => Iterable<Problem>;

/** A problem at a value of a declared file. */
export function problemAt(declared: Declared<unknown>, path: Path, message: string, remedy: string): Problem {
  return { file: declared.file, position: locate(declared, path), message, remedy };
}

/** A problem of what a placement runs, where a person can correct it: in pipeline.yaml if it follows `next`, else what it pins, as releases are frozen. */
export function problemOfPlaced(
  workspace: Workspace,
  { placement, pipeline }: { readonly placement: Declared<Placement>; readonly pipeline: string },
  path: Path,
  message: string,
  remedy: string,
): Problem {
  const next = placement.value.release === 'next' ? pinnedDeclaration(workspace, pipeline, 'next') : undefined;
  return next === undefined ? problemAt(placement, ['release'], message, remedy) : problemAt(next, path, message, remedy);
}
