import { checksum, pipelineFile, pipelineFolder, placementFile, releasesFolder, type PipelineSources } from '@millrace/model';

import { goneAlready, inTheWay, type Removal } from './removal.js';

/** A pipeline goes when it runs nowhere any more: its declaration, its releases, and what was made of it. */
export const removePipeline: Removal = (workspace, { name }) => {
  const sources = workspace.pipelines.get(name);
  if (sources === undefined) return goneAlready(`pipeline ${name}`);
  inTheWay(
    [...workspace.placements].flatMap(([environment, placements]) =>
      placements.has(name)
        ? [
            {
              file: placementFile(environment, name),
              message: `${name} runs in ${environment}`,
              remedy: `Take it away there first: millrace remove placement ${name} --environment ${environment}`,
            },
          ]
        : [],
    ),
  );
  return {
    edits: [
      { kind: 'remove', file: pipelineFile(name) },
      { kind: 'remove-frozen', file: releasesFolder(name), files: frozenFiles(sources) },
    ],
    notices: [
      {
        message: `its releases go with it; git has those that were committed`,
        remedy: `The source of its jobs in ${pipelineFolder(name)}/job is yours: keep it, or delete it.`,
      },
    ],
  };
};

/** What its releases consist of, by path in their folder: the SHA-256 that each was cut with. */
function frozenFiles({ releases }: PipelineSources): ReadonlyMap<string, string> {
  return new Map(
    [...releases].flatMap(([version, { record }]): [string, string][] => [
      ...Object.entries(record.value.files).map(([path, sha256]): [string, string] => [`${version}/${path}`, sha256]),
      [`${version}/release.yaml`, checksum(record.text.replaceAll('\r\n', '\n'))],
    ]),
  );
}
