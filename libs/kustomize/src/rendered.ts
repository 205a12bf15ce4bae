/** Why an overlay has no YAML. */
export type FailureReason =
  /** kustomize does not accept the overlay: a person must change a file. */
  | 'refused'
  /** The build took longer than the time limit. */
  | 'timeout'
  /** kustomize itself broke (a panic, a trap). */
  | 'crashed'
  /** The chosen external engine is not installed. */
  | 'engine-missing';

/** An overlay that was rendered. */
export interface RenderedOverlay {
  readonly kind: 'rendered';
  /** The overlay's folder, relative to the root. */
  readonly overlay: string;
  /** The resources as kustomize prints them: YAML documents in kustomize's order. */
  readonly yaml: string;
  /** What kustomize warned about, a line each: deprecated fields, mostly. */
  readonly warnings: readonly string[];
  /**
   * Every file the build read and every symbolic link it followed, relative to the root, sorted. Together with `absent` this is
   * exact: while these files stay as they are and those stay absent, the output stays the same. Embedded engine only.
   */
  readonly inputs?: readonly string[];
  /** Every path the build asked for that is not there (`kustomization.yml` beside `kustomization.yaml`, say), sorted. Embedded engine only. */
  readonly absent?: readonly string[];
}

/** An overlay that was not rendered. */
export interface FailedOverlay {
  readonly kind: 'failed';
  /** The overlay's folder, relative to the root. */
  readonly overlay: string;
  readonly reason: FailureReason;
  /** kustomize's own words where it said something; paths are relative to the root. */
  readonly message: string;
}

export type Rendered = RenderedOverlay | FailedOverlay;
