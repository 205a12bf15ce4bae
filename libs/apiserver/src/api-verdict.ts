import type { ApiError } from './api-error.js';

/** What the API server would say to the creation of a resource. */
export type ApiVerdict =
  | { readonly kind: 'accepted' }
  /** At least one error, sorted by path. */
  | { readonly kind: 'rejected'; readonly errors: readonly ApiError[] }
  /** Neither a kind of Kubernetes' own nor one that the definitions have. */
  | { readonly kind: 'unknown-kind' }
  /** The kind is known, but not served in the resource's version. The errors are those of another version, so that other mistakes are seen too. */
  | {
      readonly kind: 'not-served';
      /** The versions that are served, the preferred one first. */
      readonly served: readonly string[];
      /** The version that the resource was validated as: the stored one if it is served, else the preferred one. */
      readonly validatedAs: string;
      readonly errors: readonly ApiError[];
    }
  /** The kind's CustomResourceDefinition would itself be rejected. */
  | { readonly kind: 'broken-schema'; /** The name of the definition. */ readonly definition: string; readonly message: string }
  /** No answer: it took too long, or the embedded server broke. */
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'crashed'; readonly message: string };
