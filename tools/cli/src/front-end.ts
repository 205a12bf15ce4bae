/** What `create-millrace` has in common with this command line: flags and questions from a schema, and how things are told. */
export { askForChoices } from './ask.js';
export { addOptions, typedOptions } from './options.js';
export { report, reportChanges } from './report.js';
export { terminal } from './terminal.js';
