export { creator, main, NAME } from './main.js';
