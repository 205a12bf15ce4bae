/** Where CustomResourceDefinitions come from. */
export interface DefinitionSource {
  /**
   * @param group such as `kafka.strimzi.io`
   * @param kind such as `KafkaTopic`
   * @returns the definition as JSON, the same text each time; undefined where this source has none
   */
  find(group: string, kind: string): string | undefined;
  /**
   * Whether an API server is known to accept the definition that `find` gives. It is then used as it is, unvalidated: validation takes up to
   * half a second for a large one.
   * @default false for all
   */
  proves?(group: string, kind: string): boolean;
}
