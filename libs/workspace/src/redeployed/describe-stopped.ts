import type { StoppedJob } from './redeployed-jobs.js';

/** As many names as one line holds. */
const NAMED = 8;

/**
 * A line an environment and fate, in words: `3 running jobs would be redeployed in prod: a, b, c`. None where no job is
 * concerned.
 */
export function describeStopped(jobs: readonly StoppedJob[]): readonly string[] {
  const environments = [...new Set(jobs.map(({ environment }) => environment))];
  return environments.flatMap((environment) =>
    (['redeployed', 'stopped', 'refused'] as const).flatMap((becomes) => {
      const names = jobs.filter((job) => job.environment === environment && job.becomes === becomes).map(({ job }) => job);
      if (names.length === 0) return [];
      const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
      const which = `${names.slice(0, NAMED).join(', ')}${more}`;
      const many = names.length === 1 ? 'job' : 'jobs';
      return becomes === 'refused'
        ? [
            `${names.length} ${many} would move to another session cluster in ${environment}, which the Flink operator refuses: ${which}; ` +
              'name the present one in placement.yaml (jobs.<job>.session), or switch the job off (enabled: false) and bring it back from a savepoint once it is gone',
          ]
        : [`${names.length} running ${many} would be ${becomes} in ${environment}: ${which}`];
    }),
  );
}
