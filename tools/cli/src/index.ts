export { examplesOf } from './examples.js';
export { commandLine, main } from './main.js';
