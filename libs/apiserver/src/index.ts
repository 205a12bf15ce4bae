export type { ApiError, ApiErrorType } from './api-error.js';
export type { ApiServer } from './api-server.js';
export type { ApiVerdict } from './api-verdict.js';
export type { DefinitionSource } from './definition-source.js';
export { definitionsOf } from './definitions-of.js';
export { layered } from './layered.js';
export { openApiServer, type ApiServerOptions } from './open-api-server.js';
export { readSchemaSet, schemaSet, schemaSetNames } from './schema-set.js';
export { unpackAhead } from './unpack-ahead.js';
