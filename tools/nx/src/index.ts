export { createNodes, createNodesV2, name } from './infer-projects.js';
