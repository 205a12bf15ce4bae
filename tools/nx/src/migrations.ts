import type { Layout } from '@millrace/manifests';

/**
 * What `nx migrate @millrace/nx` runs: for every layout but the first one entry, under the version of Millrace that
 * brought it, which moves the first environment to the newest. With a single layout there is nothing to run.
 */
export function migrationsOf(layouts: readonly Pick<Layout, 'number' | 'since'>[]): object {
  return {
    $schema: 'http://json-schema.org/schema',
    name: '@millrace/nx',
    generators: Object.fromEntries(
      layouts.slice(1).map(({ number, since }) => [
        `layout-${number}`,
        {
          version: since,
          description: `Move the first environment to layout ${number} of the templates; the others follow by promotion`,
          implementation: './to-newest-layout.js',
        },
      ]),
    ),
  };
}
