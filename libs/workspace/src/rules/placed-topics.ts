import type { Problem, Workspace } from '@millrace/model';

import { everyPlacement } from './every-placement.js';
import { problemAt } from './rule.js';

/** What a placement says of topics is of those that its release declares, and takes no partitions away (R9). */
export function* placedTopics(workspace: Workspace): Generator<Problem> {
  for (const {
    declared,
    here: { pipeline, placement },
  } of everyPlacement(workspace)) {
    for (const topic of Object.keys(placement.topics)) {
      if (!(topic in pipeline.topics)) {
        yield problemAt(
          declared,
          ['topics', topic],
          `release ${placement.release} of ${pipeline.pipeline} declares no topic ${topic}`,
          `Write one of ${Object.keys(pipeline.topics).join(', ') || '(none)'}.`,
        );
        continue;
      }
      const [now, released] = [placement.topics[topic]?.partitions, pipeline.topics[topic]?.partitions];
      if (now !== undefined && released !== undefined && now < released) {
        yield problemAt(
          declared,
          ['topics', topic, 'partitions'],
          `${now} partitions are fewer than the release's ${released}`,
          'Raise it: a topic never loses partitions (R9).',
        );
      }
    }
  }
}
