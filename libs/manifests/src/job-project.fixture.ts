import type { JobProject } from './job-project.js';

/** A job's project with every value set. */
export const PROJECT: JobProject = {
  pipeline: 'payments',
  job: 'payment-scorer',
  package: 'io.example.fraud',
  flinkVersion: 'v2_2',
  input: 'payments',
  output: 'payment-scores',
  storages: ['s3://my-bucket/dev', 's3://my-bucket/prod'],
};
