import { environmentFile, environmentName, firstEnvironment, MillraceError, newestLayout } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { namedEnvironment } from './named.js';

/**
 * Moves one environment to a newer layout: the first to the newest there is, another to that of the environment it
 * promotes from. Of the first, `next` and with it every pipeline follow; of the others only the platform does, since
 * their pipelines are in the layout of the release that they pin, and move by promotion.
 */
export const migrate = defineCommand({
  name: 'migrate',
  summary: 'Move an environment to the newest layout; its pipelines follow by promotion',
  examples: ['millrace migrate', 'millrace migrate staging --dry-run'],
  options: z.strictObject({
    environment: environmentName.optional().meta({ description: 'The environment (default: the first, which goes first)', positional: 0 }),
  }),
  plan: (workspace, options) => {
    const name = options.environment ?? firstEnvironment(workspace);
    if (name === undefined) return [];
    const { layout, promotesFrom } = namedEnvironment(workspace, name).value;
    const before = promotesFrom === undefined ? undefined : workspace.environments.get(promotesFrom)?.value;
    const target = before?.layout ?? newestLayout;
    if (layout >= newestLayout) return [];
    if (layout >= target) {
      throw new MillraceError('refused', [
        {
          file: environmentFile(name),
          message: `${name} is in layout ${layout}, as ${before?.environment ?? ''} is, from which it promotes: nobody has tried layout ${newestLayout} yet`,
          remedy: `Move ${before?.environment ?? ''} first: millrace migrate ${before?.environment ?? ''}`,
        },
      ]);
    }
    return [{ kind: 'yaml', file: environmentFile(name), edits: [{ kind: 'set', path: ['layout'], value: target }] }];
  },
});
