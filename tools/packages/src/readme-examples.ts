import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/**
 * What TypeScript says of the examples in READMEs: every `ts` block, as a module of its package, strict. Empty where
 * all of them compile. The packages' types are those of the build, and are checked too: somebody who compiles without
 * skipLibCheck must not fail on ours.
 */
export function exampleProblems(root: string, folders: readonly string[]): readonly string[] {
  const examples = new Map(folders.flatMap((folder) => examplesOf(root, folder)));
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: false, isolatedModules: true, types: ['node'] },
    ...{ target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'] },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => examples.has(path) || disk.fileExists(path),
    readFile: (path) => examples.get(path) ?? disk.readFile(path),
    getSourceFile: (path, languageVersion, ...rest) => {
      const text = examples.get(path);
      return text === undefined ? disk.getSourceFile(path, languageVersion, ...rest) : ts.createSourceFile(path, text, languageVersion);
    },
  };
  const program = ts.createProgram([...examples.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

function examplesOf(root: string, folder: string): readonly (readonly [string, string])[] {
  const readme = join(root, folder, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], index) => [join(root, folder, `README.example-${index + 1}.mts`), code]);
}
