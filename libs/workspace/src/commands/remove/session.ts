import { deployedJobs, placed, sessionOf } from '@millrace/manifests';
import { environmentFile, placementFile } from '@millrace/model';

import { namedEnvironment } from '../named.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/** A session cluster goes when no job is in it, suspended or not: none can move to another one (R26). */
export const removeSession: Removal = (workspace, { name, ...options }) => {
  const environment = needed('session', 'environment', options.environment);
  const { value } = namedEnvironment(workspace, environment);
  if (!(name in value.flink.sessions)) return goneAlready(`session cluster ${name} in ${environment}`);
  inTheWay(
    [...(workspace.placements.get(environment)?.keys() ?? [])].flatMap((pipeline) => {
      const here = placed(workspace, environment, pipeline);
      if (here === undefined || value.flink.mode !== 'session') return [];
      const jobs = deployedJobs(here).filter((job) => {
        const { enabled, session } = here.placement.jobs[job] ?? {};
        return enabled === false ? session === name : sessionOf(here, job) === name;
      });
      return jobs.map((job) => ({
        file: placementFile(environment, pipeline),
        message: `the job ${job} of ${pipeline} is in ${name}, and the Flink operator moves no job to another session cluster`,
        remedy: `Switch it off there (jobs.${job}.enabled: false) and merge that; once it is gone, ${pipeline} can name another session cluster and a savepoint to start from.`,
      }));
    }),
  );
  return { edits: [{ kind: 'yaml', file: environmentFile(environment), edits: [{ kind: 'delete', path: ['flink', 'sessions', name] }] }], notices: [] };
};
