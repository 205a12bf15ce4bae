export { docs } from './docs.js';
