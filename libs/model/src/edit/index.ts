export type { Edit } from './edit.js';
export { EditError } from './edit-error.js';
export { editYaml } from './edit-yaml.js';
export { writeYaml } from './write-yaml.js';
export type { YamlStyle } from './yaml-style.js';
export type { YamlMapping, YamlScalar, YamlValue } from './yaml-value.js';
