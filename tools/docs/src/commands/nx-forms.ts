/**
 * How a command is run in an Nx workspace, where it is no generator: a generator's form follows from its name.
 * A command that is neither a generator nor here stops the making of the pages.
 */
export const NX_FORMS: Readonly<Record<string, readonly string[]>> = {
  sync: [
    'The sync generator is the same. `nx sync:check` only says which files are stale, and exits 1 where one is; Nx runs it before no target, so CI runs it first.',
    '',
    '    nx sync',
    '    nx sync:check',
  ],
  render: [
    'Every overlay is a project with the target `render`; its result is cached, and `nx affected` renders what a change reaches.',
    '',
    '    nx render prod/kafka',
    '    nx run-many -t render',
    '    nx affected -t render --engine kubectl',
  ],
  check: [
    'Every overlay, environment and pipeline is a project with the target `check`: see [the check](../check.md#in-nx).',
    '',
    '    nx check prod/kafka',
    '    nx affected -t check --format github',
  ],
  diff: ['There is no other form: run the command line in the workspace.', '', '    npx millrace diff --base origin/main'],
  'schemas add': ['There is no other form: run the command line in the workspace.', '', '    npx millrace schemas add operators/*/crds.yaml'],
};

/** What a generator does otherwise than the command line. */
export const GENERATOR_NOTES: Readonly<Record<string, string>> = {
  promote: 'The generator makes neither branch nor commit: the promotion is in the work tree, for you to commit. It renders no differences.',
};
