import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { MillraceError } from '@millrace/model';
import { commitChanges, headCommit, promote, promotionDifferences, pullRequest, summary } from '@millrace/promotion';
import { applyChanges, commitFiles, isEmpty, NO_CHANGES, planCommand, readWorkspace } from '@millrace/workspace';
import type { Command as Program } from 'commander';

import { askForMissing } from './ask.js';
import type { Context } from './main.js';
import { addOptions, typedOptions } from './options.js';
import { reportChanges } from './report.js';
import { terminal } from './terminal.js';

/** Where the text for the pull request goes; not committed. */
const PULL_REQUESTS = '.millrace/pull-requests';

/** Promotes what is committed, on a branch of its own; the work tree is left alone. */
export function addPromote(program: Program, context: Context): void {
  const sub = program
    .command(promote.name)
    .description(`${promote.summary}, as a commit on a branch of its own`)
    .option('--dry-run', 'show what would change, and make no branch');
  addOptions(sub, promote, ['commit']);
  sub.action(async () => {
    const root = context.root();
    const base = await headCommit(root);
    const files = commitFiles(root, base);
    const options = await askForMissing(promote, { ...typedOptions(sub, promote), commit: base });
    const { pipeline, to } = promote.options.parse(options);
    if (typeof pipeline !== 'string' || typeof to !== 'string') throw new TypeError('promote has a pipeline and an environment');
    const from = readWorkspace(files).placements.get(to)?.get(pipeline)?.value.release;
    const { changes, workspace } = planCommand(files, promote, options);
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    const release = workspace.placements.get(to)?.get(pipeline)?.value.release ?? '';
    if (isEmpty(changes)) {
      terminal.out(`${to} runs ${pipeline} ${release} already.`);
      return;
    }
    const differences = await promotionDifferences(files, changes, pipeline);
    const text = pullRequest({ pipeline, release, from, to }, differences);
    reportChanges(changes, sub.opts()['dryRun'] === true ? 'planned' : 'done');
    terminal.out(`In ${to}: ${summary(differences)}.`);
    if (sub.opts()['dryRun'] === true) {
      terminal.out(`\n${text.markdown}`);
      return;
    }
    const name = `promote/${pipeline}-${release}-to-${to}`;
    const { branch } = await commitChanges(root, { base, branch: name, message: text.message, changes });
    const file = `${PULL_REQUESTS}/${pipeline}-${release}-to-${to}.md`;
    mkdirSync(join(root, PULL_REQUESTS), { recursive: true });
    applyChanges(root, { ...NO_CHANGES, create: [{ path: file, text: text.markdown, before: undefined }] });
    terminal.out(`\nThe branch ${branch} has the promotion; your work tree is as it was.`);
    terminal.out(`  git push origin ${branch}     then open a pull request with the text in ${file}`);
  });
}
