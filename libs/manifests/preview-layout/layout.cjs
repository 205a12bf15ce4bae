// A layout that never ships. It holds the machinery of layouts in tests, and shows what one may do:
//   MILLRACE_PREVIEW_LAYOUT=$PWD/libs/manifests/preview-layout/layout.cjs npx millrace migrate --dry-run
const { join } = require('node:path');

/** A setting of Flink that travels with the release: every application job is redeployed, no session job is. */
const REDEPLOYS = { 'web.exception-history-size': '32' };

/** The patches of jobs are called by the kind that they patch. */
const KINDS = { 'pipeline/application-patch': 'deployment-', 'pipeline/session-job-patch': 'session-job-' };

/** A label on what the platform of Flink consists of. A label redeploys nothing. */
const LABELS = { 'app.kubernetes.io/component': 'flink' };

// Nor does an annotation of users (templates/pipeline/user-patch.hbs).
module.exports = { since: '999.0.0', templates: join(__dirname, 'templates'), plan };

/** @type {NonNullable<import('../src/layouts/layout.js').Layout['plan']>} */
function plan(file) {
  const { path, template, context } = file;
  if (template === 'pipeline/application')
    return [{ ...file, context: { ...context, flinkConfiguration: sorted({ ...context.flinkConfiguration, ...REDEPLOYS }) } }];
  if (template in KINDS) return [{ ...file, path: path.replace(/job-([^/]+)$/, `${KINDS[template]}$1`) }];
  if (/^environments\/[^/]+\/flink\/kustomization\.yaml$/.test(path)) return [{ ...file, context: { ...context, labels: { ...context.labels, ...LABELS } } }];
  if (/^environments\/[^/]+\/pipelines\/[^/]+\/flink\/kustomization\.yaml$/.test(path) && context.patches !== undefined) {
    const kind = context.resources.some((resource) => resource.endsWith('/session')) ? 'session-job-' : 'deployment-';
    return [{ ...file, context: { ...context, patches: context.patches.map((patch) => ({ ...patch, path: patch.path?.replace(/^job-/, kind) })) } }];
  }
  return [file];
}

function sorted(entries) {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
