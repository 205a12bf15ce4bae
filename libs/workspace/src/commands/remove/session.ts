import { deployedJobs, placed, sessionFor } from '@millrace/manifests';
import { environmentFile, placementFile } from '@millrace/model';

import { namedEnvironment } from '../named.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/** A session cluster goes when no job runs in it. */
export const removeSession: Removal = (workspace, { name, ...options }) => {
  const environment = needed('session', 'environment', options.environment);
  const { value } = namedEnvironment(workspace, environment);
  if (!(name in value.flink.sessions)) return goneAlready(`session cluster ${name} in ${environment}`);
  const others = {
    ...value,
    flink: { ...value.flink, sessions: Object.fromEntries(Object.entries(value.flink.sessions).filter(([session]) => session !== name)) },
  };
  inTheWay(
    [...(workspace.placements.get(environment)?.keys() ?? [])].flatMap((pipeline) => {
      const here = placed(workspace, environment, pipeline);
      if (here === undefined || value.flink.mode !== 'session') return [];
      const jobs = deployedJobs(here).filter((job) => {
        const version = here.pipeline.jobs[job]?.flinkVersion;
        const chosen = here.placement.jobs[job]?.session;
        if (version === undefined) return false;
        return (
          chosen === name ||
          (chosen === undefined && sessionFor(value, here.pipeline.team, version) === name && sessionFor(others, here.pipeline.team, version) === undefined)
        );
      });
      return jobs.map((job) => ({
        file: placementFile(environment, pipeline),
        message: `the job ${job} of ${pipeline} runs in ${name}`,
        remedy: 'Give it another session cluster first, or remove the job.',
      }));
    }),
  );
  return { edits: [{ kind: 'yaml', file: environmentFile(environment), edits: [{ kind: 'delete', path: ['flink', 'sessions', name] }] }], notices: [] };
};
