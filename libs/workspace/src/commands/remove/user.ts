import { usersOfJob, type Pipeline, type Problem } from '@millrace/model';

import { namedPipeline } from '../named.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/** A user goes with its password and its ACLs: whoever is still that user stops. */
export const removeUser: Removal = (workspace, { name, ...options }) => {
  const pipeline = needed('user', 'pipeline', options.pipeline);
  const { file, value } = namedPipeline(workspace, pipeline);
  const user = value.users[name];
  if (user === undefined) return goneAlready(`user ${name} in ${pipeline}`);
  inTheWay(usesOfUser(value, file, name));
  const clients = [...Object.keys(user.reads), ...Object.keys(user.writes)];
  return {
    edits: [{ kind: 'yaml', file, edits: [{ kind: 'delete', path: ['users', name] }] }],
    notices:
      clients.length === 0
        ? []
        : [
            {
              message: `clients that are ${name} lose their password, and access to ${[...new Set(clients)].join(', ')}`,
              remedy: 'Argo CD asks a person before it deletes the KafkaUser.',
            },
          ],
  };
};

/** The jobs of a pipeline that are a user. */
function usesOfUser(pipeline: Pipeline, file: string, user: string): readonly Problem[] {
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
