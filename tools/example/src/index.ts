export { start } from './start.js';
export { exampleSteps, type ExampleStep } from './steps.js';
