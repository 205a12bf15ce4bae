import type { ReleasePlan } from '@millrace/manifests';
import { releaseFolder, writeYaml, type Pipeline } from '@millrace/model';
import type { FileEdit } from '@millrace/workspace';

/** What a release's record says beside what its files consist of. */
export interface ReleaseOrigin {
  readonly version: string;
  /** The commit whose pipeline.yaml it is. */
  readonly commit: string | undefined;
  /** The release that said the same in an older layout. */
  readonly refreshedFrom: string | undefined;
}

/** The files of a new release of a declaration, its record last: without it a release is not there. */
export function freeze({ pipeline, jobs }: Pipeline, plan: ReleasePlan, { version, commit, refreshedFrom }: ReleaseOrigin): readonly FileEdit[] {
  const folder = releaseFolder(pipeline, version);
  const record = {
    release: version,
    pipeline,
    layout: plan.layout,
    ...(refreshedFrom === undefined ? {} : { refreshedFrom }),
    ...(commit === undefined ? {} : { commit }),
    artifacts: Object.fromEntries(Object.entries(jobs).map(([job, { artifact }]) => [job, defined(artifact)])),
    foreignTopics: plan.foreignTopics,
    files: plan.checksums,
  };
  const header = `# Frozen: what release ${version} of ${pipeline} was cut from, and the SHA-256 of each of its files. Never edited.\n`;
  return [
    ...[...plan.files].map(([path, text]): FileEdit => ({ kind: 'freeze', file: `${folder}/${path}`, text })),
    { kind: 'freeze', file: `${folder}/release.yaml`, text: header + writeYaml(record) },
  ];
}

function defined({ image, jar, entryClass }: Pipeline['jobs'][string]['artifact']) {
  return { ...(image === undefined ? {} : { image }), ...(jar === undefined ? {} : { jar }), ...(entryClass === undefined ? {} : { entryClass }) };
}
