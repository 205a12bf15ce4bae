/** Where CustomResourceDefinitions come from. */
export interface DefinitionSource {
  /**
   * @param group such as `kafka.strimzi.io`
   * @param kind such as `KafkaTopic`
   * @returns the definition as JSON, the same text each time; undefined where this source has none
   */
  find(group: string, kind: string): string | undefined;
}
