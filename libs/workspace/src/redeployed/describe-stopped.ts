import type { StoppedJob } from './redeployed-jobs.js';

/** As many names as one line holds. */
const NAMED = 8;

/** A line an environment, in words: `3 running jobs would be redeployed in prod: a, b, c`. None where no job is concerned. */
export function describeStopped(jobs: readonly StoppedJob[]): readonly string[] {
  const environments = [...new Set(jobs.map(({ environment }) => environment))];
  return environments.flatMap((environment) =>
    (['redeployed', 'stopped'] as const).flatMap((becomes) => {
      const names = jobs.filter((job) => job.environment === environment && job.becomes === becomes).map(({ job }) => job);
      if (names.length === 0) return [];
      const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
      return [
        `${names.length} running ${names.length === 1 ? 'job' : 'jobs'} would be ${becomes} in ${environment}: ${names.slice(0, NAMED).join(', ')}${more}`,
      ];
    }),
  );
}
