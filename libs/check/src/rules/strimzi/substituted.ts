/** Whether a text is still to be filled in by Helm, envsubst or Flux: what will stand there is not known. */
export function isSubstituted(text: string): boolean {
  return /\$\{|\$\(|\{\{/.test(text);
}
