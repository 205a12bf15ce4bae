import { environmentName, platformNames } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { kafkaPins, pinEdits, pinNotices } from './kafka-pins.js';
import { namedEnvironment } from './named.js';
import { operatorDowngrades } from './operator-downgrades.js';

/** Moves an environment to another tested set: operators first, Kafka in steps of its own. */
export const platform = defineCommand({
  name: 'platform',
  summary: 'Move an environment to another tested set of versions; Kafka stays where it is until you say so',
  examples: ['millrace platform 2026.11 --environment dev'],
  options: z.strictObject({
    name: z.enum(platformNames).meta({ description: 'The tested set', positional: 0, prompt: 'To which tested set?' }),
    environment: environmentName.meta({ description: 'The environment', prompt: 'Which environment?' }),
  }),
  plan: (workspace, { name, environment }) => {
    const { file, value } = namedEnvironment(workspace, environment);
    const pins = kafkaPins(value, name);
    return {
      edits: [{ kind: 'yaml', file, edits: [{ kind: 'set', path: ['platform'], value: name }, ...pinEdits(pins)] }],
      notices: [...operatorDowngrades(value, name), ...pinNotices(file, pins, name)],
    };
  },
});
