import { editCommands, type Command } from '@millrace/workspace';

import { promote } from './promote.js';
import { refreshRelease } from './refresh-release.js';

/** Every command that edits declared files, those about releases last: what each front end has. */
export const commands: readonly Command[] = [...editCommands, promote, refreshRelease];
