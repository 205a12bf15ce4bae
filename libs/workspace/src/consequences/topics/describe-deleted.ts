import { someOf } from '../../some-of.js';
import type { DeletedTopic } from './deleted-topics.js';

/** A line an environment, in words: `1 topic would be deleted with its data in prod: orders (10 partitions, kept for 7 days); …`. */
export function describeDeleted(topics: readonly DeletedTopic[]): readonly string[] {
  return [...new Set(topics.map(({ environment }) => environment))].map((environment) => {
    const here = topics.filter((topic) => topic.environment === environment);
    const which = here.length === 1 ? '1 topic would be deleted with its data' : `${here.length} topics would be deleted with their data`;
    const named = someOf(here.map(({ topic, holds }) => `${topic} (${holds})`));
    return `${which} in ${environment}: ${named}; Argo CD asks a person first, and a topic that was let go of (managed: false) stays`;
  });
}
