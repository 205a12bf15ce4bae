export { checkPackages } from './check-packages.js';
