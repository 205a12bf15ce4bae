export { promote } from './promote.js';
export { refreshRelease } from './refresh-release.js';
export { canCommit, commitChanges, headCommit, uncommitted, type BranchCommit } from './commit-changes.js';
export { promotionDifferences } from './promotion-differences.js';
export { layoutMove } from './layout-move.js';
export { pullRequest, summary, type Promotion, type PullRequest } from './pull-request.js';
export { renderedDifferences, resourceKey, textDifference, type Difference } from './rendered-differences.js';
