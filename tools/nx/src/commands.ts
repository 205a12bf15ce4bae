import { promote, refreshRelease } from '@millrace/promotion';
import { editCommands, type Command } from '@millrace/workspace';

/** Every command that is an Nx generator. */
export const commands: readonly Command[] = [...editCommands, promote, refreshRelease];
