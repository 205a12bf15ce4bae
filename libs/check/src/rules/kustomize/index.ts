import type { Rule } from '../../rule.js';
import { buildOptions } from './build-options.js';
import { clusterScopedNamespace } from './cluster-scoped-namespace.js';
import { deprecatedField } from './deprecated-field.js';
import { hashedName } from './hashed-name.js';
import { helmChartVersion } from './helm-chart-version.js';
import { imagesTransformer } from './images-transformer.js';
import { integerRounded } from './integer-rounded.js';
import { listReplaced } from './list-replaced.js';
import { listedTwice } from './listed-twice.js';
import { openapiSchema } from './openapi-schema.js';
import { overlayBuilds } from './overlay-builds.js';
import { patchTarget } from './patch-target.js';
import { remoteBase } from './remote-base.js';
import { remoteUnpinned } from './remote-unpinned.js';
import { renamedReference } from './renamed-reference.js';
import { selectorLabels } from './selector-labels.js';
import { unlistedFile } from './unlisted-file.js';

/** What a build leaves out, loses or changes without a word. */
export const kustomizeRules: readonly Rule[] = [
  overlayBuilds,
  buildOptions,
  patchTarget,
  listReplaced,
  imagesTransformer,
  renamedReference,
  hashedName,
  integerRounded,
  openapiSchema,
  listedTwice,
  unlistedFile,
  clusterScopedNamespace,
  remoteUnpinned,
  remoteBase,
  helmChartVersion,
  selectorLabels,
  deprecatedField,
];
