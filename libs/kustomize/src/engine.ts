/** Who renders: the kustomize that comes with this package, or a `kustomize` or `kubectl` on the PATH. */
export type Engine = 'embedded' | 'kustomize' | 'kubectl';
