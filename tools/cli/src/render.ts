import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

import { openRenderer, startQuickly, type Engine, type Rendered } from '@millrace/kustomize';
import { MillraceError } from '@millrace/model';
import { applyChanges, asChanges, diskFiles, needMillrace, readWorkspace, selectOverlays, touchedReleases } from '@millrace/workspace';
import { Option as Flag, type Command as Program } from 'commander';

import { addExamples } from './examples.js';
import type { Context } from './main.js';
import { report } from './report.js';
import { startOn } from './start-on.js';
import { progress, terminal } from './terminal.js';
import { typedPath } from './typed-path.js';

/** Renders overlays with kustomize. */
export function addRender(program: Program, context: Context): void {
  const sub = program
    .command('render')
    .description('Render overlays with kustomize; one of them to standard output')
    .argument('[paths...]', 'Environments by name, or folders (default: every overlay of every environment)')
    .addOption(new Flag('--engine <engine>', 'Which kustomize').choices(['embedded', 'kustomize', 'kubectl']).default('embedded'))
    .option('--output <folder>', 'Write a file for each overlay below this folder')
    .option('--dry-run', 'With --output: show what would be written, and write nothing');
  addExamples(sub, ['millrace render', 'millrace render prod --output /tmp/prod', 'millrace render environments/prod/kafka | kubectl diff -f -']);
  sub.action(async (paths: readonly string[]) => {
    const root = context.root();
    const { engine, output, dryRun } = sub.opts<{ engine: Engine; output?: string; dryRun?: boolean }>();
    startOn(root, 'reads');
    const files = needMillrace(diskFiles(root));
    const workspace = readWorkspace(files);
    const touched = touchedReleases(files, workspace);
    if (touched.length > 0) throw new MillraceError('refused', touched);
    const overlays = selectOverlays(
      files,
      workspace,
      paths.map((path) => (workspace.environments.has(path) ? path : typedPath(context, path))),
    );
    const rendered = await renderAll(root, engine, overlays);
    const failed = rendered.filter((result) => result.kind === 'failed');
    if (failed.length > 0) {
      report(failed.map(({ overlay, message }) => ({ file: overlay, message, remedy: 'Correct the file that is named, then run millrace sync.' })));
      terminal.error(`${failed.length} of ${rendered.length} overlays failed.`);
      context.finish(1);
      return;
    }
    const results = rendered.filter((result) => result.kind === 'rendered');
    for (const { overlay, warnings } of results) for (const warning of warnings) terminal.info(`${overlay}: ${warning}`);
    const [only] = results;
    if (output === undefined && results.length === 1 && only !== undefined && paths.length === 1) {
      process.stdout.write(only.yaml);
      return;
    }
    if (output !== undefined) {
      if (dryRun !== true) writeBelow(resolve(context.folder(), output), results);
    }
    for (const { overlay, yaml } of results) {
      const count = yaml.split(/^---$/m).filter((part) => part.trim() !== '').length;
      terminal.out(`${overlay}  ${count} ${count === 1 ? 'resource' : 'resources'}`);
    }
    terminal.out(
      `${results.length} ${results.length === 1 ? 'overlay' : 'overlays'} rendered${output === undefined ? '' : dryRun === true ? ` (dry run: nothing was written to ${output})` : ` to ${output}`}.`,
    );
  });
}

async function renderAll(root: string, engine: Engine, overlays: readonly string[]): Promise<readonly Rendered[]> {
  startQuickly();
  await using renderer = openRenderer({ source: { root }, engine });
  const tell = overlays.length > 1 ? progress('Rendering', overlays.length) : () => undefined;
  let done = 0;
  return await Promise.all(
    overlays.map(async (overlay) => {
      const result = await renderer.render(overlay);
      tell((done += 1));
      return result;
    }),
  );
}

/** Writes into a folder that the person named, which need not be the repository's; only what is new or different. */
function writeBelow(folder: string, results: readonly { readonly overlay: string; readonly yaml: string }[]): void {
  mkdirSync(folder, { recursive: true });
  startOn(folder, 'writes');
  const files = diskFiles(folder);
  const paths = results.map(({ overlay, yaml }) => ({ path: `${overlay}.yaml`, text: yaml }));
  applyChanges(folder, asChanges(paths.map(({ path, text }) => ({ path, text, before: files.read(path) }))));
}
