import { firstEnvironment, jobStorage, pipelineFolder } from '@millrace/model';

import { namedPipeline } from '../named.js';
import { goneAlready, needed, type Removal } from './removal.js';

/** A job goes from the declaration, and from the first environment's placement; elsewhere it runs on until a release without it is promoted. */
export const removeJob: Removal = (workspace, { name, ...options }) => {
  const pipeline = needed('job', 'pipeline', options.pipeline);
  const { file, value } = namedPipeline(workspace, pipeline);
  if (!(name in value.jobs)) return goneAlready(`job ${name} in ${pipeline}`);
  const first = firstEnvironment(workspace);
  const placement = first === undefined ? undefined : workspace.placements.get(first)?.get(pipeline);
  const storage = first === undefined ? undefined : workspace.environments.get(first)?.value.flink.storage;
  return {
    edits: [
      { kind: 'yaml', file, edits: [{ kind: 'delete', path: ['jobs', name] }] },
      ...(placement === undefined || !(name in placement.value.jobs)
        ? []
        : [{ kind: 'yaml' as const, file: placement.file, edits: [{ kind: 'delete' as const, path: ['jobs', name] }] }]),
    ],
    notices: [
      {
        message: `the operator takes a savepoint of ${name} before it goes${storage === undefined ? '' : `, under ${jobStorage(storage, pipeline, name).savepoints}`}; nothing deletes the state`,
        remedy: `Its source in ${pipelineFolder(pipeline)}/job is yours: keep it, or delete it. Other environments run the job until a release without it is promoted.`,
      },
    ],
  };
};
