import { usersOfJob, type Pipeline, type Problem } from '@millrace/model';

/** The jobs of a pipeline that are a user. */
export function usesOfUser(pipeline: Pipeline, file: string, user: string): readonly Problem[] {
  return Object.entries(pipeline.jobs).flatMap(([job, declared]) =>
    usersOfJob(declared).includes(user)
      ? [
          {
            file,
            message: `the job ${job} is the user ${user}`,
            remedy: `Give the job another user, or remove it first: millrace remove job ${job} --pipeline ${pipeline.pipeline}`,
          },
        ]
      : [],
  );
}
