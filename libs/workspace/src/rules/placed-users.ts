import { isClusterSecret, kafkaOfUser, type Problem, type Workspace } from '@millrace/model';

import { everyPlacement } from './every-placement.js';
import { problemOfPlaced } from './rule.js';

/** No user's Secret is one of the cluster's own (R67). */
export function* placedUsers(workspace: Workspace): Generator<Problem> {
  for (const {
    declared,
    here: { kafkas, pipeline },
  } of everyPlacement(workspace)) {
    for (const user of Object.keys(pipeline.users)) {
      const kafka = kafkas.get(kafkaOfUser(pipeline, user));
      if (kafka?.kind === 'declared' && isClusterSecret(user, kafka.kafka.cluster)) {
        yield problemOfPlaced(
          workspace,
          { placement: declared, pipeline: pipeline.pipeline },
          ['users', user],
          `the user ${user} would have a Secret named like those of the cluster ${kafka.kafka.cluster}, its private keys among them`,
          `Rename the user: nothing that starts with ${kafka.kafka.cluster}-.`,
        );
      }
    }
  }
}
