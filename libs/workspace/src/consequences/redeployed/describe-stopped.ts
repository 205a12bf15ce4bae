import { someOf } from '../../some-of.js';
import type { StoppedJob } from './redeployed-jobs.js';

/**
 * A line an environment and fate, in words: `3 running jobs would be redeployed in prod: a, b, c`. None where no job is
 * concerned.
 */
export function describeStopped(jobs: readonly StoppedJob[]): readonly string[] {
  const environments = [...new Set(jobs.map(({ environment }) => environment))];
  return environments.flatMap((environment) =>
    (['redeployed', 'stopped', 'anew', 'impossible'] as const).flatMap((becomes) => {
      const names = jobs.filter((job) => job.environment === environment && job.becomes === becomes).map(({ job }) => job);
      if (names.length === 0) return [];
      return [inWords(becomes, names.length, environment, someOf(names))];
    }),
  );
}

function inWords(becomes: StoppedJob['becomes'], count: number, environment: string, which: string): string {
  const jobs = count === 1 ? 'job' : 'jobs';
  switch (becomes) {
    case 'redeployed':
    case 'stopped':
      return `${count} running ${jobs} would be ${becomes} in ${environment}: ${which}`;
    case 'anew':
      return (
        `${count} ${jobs} would start anew in ${environment}, without the state that ${count === 1 ? 'it has' : 'they have'}: ${which}; in another namespace, or as another kind, ` +
        'a job is another object, and the present one may run on until somebody confirms its deletion. Suspend it first (state: suspended), let that be synced, ' +
        'and give the new one its savepoint (jobs.<job>.initialSavepointPath)'
      );
    case 'impossible':
      return (
        `${count} ${jobs} would move to another session cluster in ${environment}, which the Flink operator refuses: ${which}; ` +
        'name the present one in placement.yaml (jobs.<job>.session), or switch the job off (enabled: false) and bring it back from a savepoint once it is gone'
      );
  }
}
