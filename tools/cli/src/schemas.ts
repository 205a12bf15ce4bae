import type { Command as Program } from 'commander';

import { addExamples } from './examples.js';
import type { Context } from './main.js';

/** Adds resource definitions that the check validates against, beside those it has. */
export function addSchemas(program: Program, context: Context): void {
  const schemas = program.command('schemas').description("Definitions of resources that the check knows beside the platform's");
  const add = schemas
    .command('add')
    .description('Copy CustomResourceDefinitions into schemas/, from files or from a cluster')
    .argument('[files...]', 'YAML or JSON files (default: the cluster of the current kube context)')
    .option('--context <name>', 'A kube context instead of the current one')
    .option('--group <group>', 'Only definitions of this API group and those below it')
    .option('--dry-run', 'Show what would be written, and write nothing');
  addExamples(add, ['millrace schemas add operators/*/crds.yaml', 'millrace schemas add --context staging --group acme.example']);
  add.action(async (files: readonly string[]) => {
    const { runSchemasAdd } = await import('./run-schemas-add.js');
    await runSchemasAdd(context, files, add.opts());
  });
}
