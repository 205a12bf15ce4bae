import { MillraceError } from '@millrace/model';
import { applyChanges, diskFiles, isEmpty, planSync, refuseSparse, unmergedFiles } from '@millrace/workspace';
import type { Command as Program } from 'commander';

import { addExamples } from './examples.js';
import type { Context } from './main.js';
import { reportChanges, reportConsequences, reportNotices } from './report.js';
import { startOn } from './start-on.js';
import { terminal } from './terminal.js';
import { typedPath } from './typed-path.js';

/** Makes the generated files again, or says which are stale. */
export function addSync(program: Program, context: Context): void {
  const sub = program
    .command('sync')
    .description('Make every generated file again from what is declared')
    .option('--check', 'Write nothing; exit 1 where a file is stale')
    .option('--discard <path...>', 'Drop the edits that a person made to these generated files')
    .option('--dry-run', 'Show what would be written, and write nothing');
  addExamples(sub, ['millrace sync', 'millrace sync --check', 'millrace sync --discard environments/prod/kafka/kafka.yaml']);
  sub.action(() => {
    const root = context.root();
    const { check, dryRun, discard } = sub.opts<{ check?: boolean; dryRun?: boolean; discard?: string[] }>();
    startOn(root, check === true || dryRun === true ? 'reads' : 'writes');
    refuseSparse(root);
    const outcome = planSync(diskFiles(root), {
      unmerged: unmergedFiles(root),
      discard: new Set((discard ?? []).map((path) => typedPath(context, path))),
    });
    const { changes, notices } = outcome;
    const refused = changes.refused.length > 0 ? new MillraceError('refused', changes.refused) : undefined;
    if (check === true) {
      if (!isEmpty(changes)) reportChanges(changes, 'wanted');
      if (refused !== undefined) throw refused;
      reportConsequences(outcome);
      terminal.out(isEmpty(changes) ? 'Everything is in sync.' : 'Out of sync. Run: millrace sync');
      context.finish(isEmpty(changes) ? 0 : 1);
      return;
    }
    if (refused !== undefined) throw refused;
    if (dryRun !== true) applyChanges(root, changes);
    reportChanges(changes, dryRun === true ? 'planned' : 'done');
    reportConsequences(outcome);
    reportNotices(notices);
  });
}
