import { formatProblem } from '@millrace/model';
import { commands } from '@millrace/promotion';
import {
  consequences,
  gitHistory,
  isEmpty,
  newRepository,
  newRepositorySettings,
  optionsOf,
  planCommand,
  planNewRepository,
  planSync,
  refuseHalfWritten,
  refuseSparse,
  summarize,
  treeFiles,
  unmergedFiles,
  whereItIs,
} from '@millrace/workspace';
import { detectPackageManager, getPackageManagerVersion, installPackagesTask, logger, NX_VERSION, type GeneratorCallback, type Tree } from '@nx/devkit';

import { applyToTree } from './apply-to-tree.js';

/** A command as an Nx generator: the same plan, on Nx's tree. */
function generatorOf(name: string) {
  return (tree: Tree, typed: Readonly<Record<string, unknown>>): void => {
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined) throw new TypeError(`there is no command ${name}`);
    refuseHalfWritten(tree.root);
    refuseSparse(tree.root);
    const { options, notices: found } = whereItIs(command, tree.root, typed);
    const outcome = planCommand(treeFiles(tree), command, options, { unmerged: unmergedFiles(tree.root), discard: new Set() }, gitHistory(tree.root));
    applyToTree(tree, outcome.changes);
    for (const line of consequences(outcome)) logger.warn(`${line}.`);
    for (const notice of [...found, ...outcome.notices]) logger.warn(formatProblem(notice));
  };
}

export const init = generatorOf('init');
export const team = generatorOf('team');
export const environment = generatorOf('environment');
export const operator = generatorOf('operator');
export const kafkaCluster = generatorOf('kafka-cluster');
export const session = generatorOf('session');
export const pipeline = generatorOf('pipeline');
export const topic = generatorOf('topic');
export const user = generatorOf('user');
export const flinkJob = generatorOf('flink-job');
export const artifact = generatorOf('artifact');
export const resize = generatorOf('resize');
export const migrate = generatorOf('migrate');
export const platform = generatorOf('platform');
export const remove = generatorOf('remove');
export const promote = generatorOf('promote');
export const releasesRefresh = generatorOf('releases refresh');

/**
 * A new repository, as `create-nx-workspace --preset=@millrace/nx` asks for it: the same as `npm create millrace` makes, in the
 * workspace that Nx has just begun. Everything generated is in it: it is in sync at birth.
 */
export function preset(tree: Tree, options: Readonly<Record<string, unknown>>): GeneratorCallback {
  const known = Object.fromEntries(optionsOf(newRepository).flatMap(({ name }) => (options[name] === undefined ? [] : [[name, options[name]]])));
  const manager = detectPackageManager(tree.root);
  const packageManager = manager === 'pnpm' || manager === 'yarn' ? `${manager}@${getPackageManagerVersion(manager, tree.root)}` : 'npm';
  applyToTree(tree, planNewRepository(treeFiles(tree), newRepositorySettings({ ...known, packageManager }), NX_VERSION));
  return () => installPackagesTask(tree);
}

/** The sync generator: `nx sync` makes every generated file again, `nx sync:check` says which are stale. */
export function sync(tree: Tree): { outOfSyncMessage?: string } {
  refuseHalfWritten(tree.root);
  refuseSparse(tree.root);
  const outcome = planSync(treeFiles(tree), { unmerged: unmergedFiles(tree.root), discard: new Set() });
  const { changes } = outcome;
  applyToTree(tree, changes);
  return isEmpty(changes)
    ? {}
    : { outOfSyncMessage: `These generated files are not what is declared:\n${[...summarize(changes), ...consequences(outcome)].join('\n')}` };
}
