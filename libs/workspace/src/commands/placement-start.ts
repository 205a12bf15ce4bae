/** The first line of a new placement.yaml. */
export const PLACEMENT_START = '# yaml-language-server: $schema=../../../../tools/schemas/placement.schema.json\n';
