import { embeddedModule } from './embedded-module.js';

/**
 * Begins to unpack the module for custom resources, for a program that is about to need it and has other things to load meanwhile.
 * A failure shows where the module is used.
 */
export function unpackAhead(): void {
  embeddedModule('custom').catch(() => undefined);
}
