import { pipelineFile, pipelineFolder, placementFile, releasesFolder } from '@millrace/model';

import { goneAlready, inTheWay, type Removal } from './removal.js';

/** A pipeline goes when it runs nowhere any more: its declaration, its releases, and what was made of it. */
export const removePipeline: Removal = (workspace, { name }) => {
  if (!workspace.pipelines.has(name)) return goneAlready(`pipeline ${name}`);
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
      { kind: 'remove', file: releasesFolder(name) },
    ],
    notices: [
      { message: `its releases go with it; git has them`, remedy: `The source of its jobs in ${pipelineFolder(name)}/job is yours: keep it, or delete it.` },
    ],
  };
};
