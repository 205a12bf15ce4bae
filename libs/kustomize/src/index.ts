export type { Engine } from './engine.js';
export { engineVersion } from './engine-version.js';
export { openRenderer, type RendererOptions } from './open-renderer.js';
export { startQuickly } from './start-quickly.js';
export type { RenderSource } from './render-source.js';
export type { FailedOverlay, FailureReason, Rendered, RenderedOverlay } from './rendered.js';
export type { Renderer } from './renderer.js';
export { readResources, type Resource } from './resource.js';
export type { Value, ValueMap } from './value.js';
