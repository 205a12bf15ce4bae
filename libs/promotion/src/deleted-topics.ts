import { pinnedDeclaration, placementFile, type Pipeline, type Problem, type Workspace } from '@millrace/model';
import { holding } from '@millrace/workspace';

/**
 * The topics that a promotion would delete with their data: those that Strimzi manages in what an environment runs now, and that the
 * promoted declaration does not have any more (R12). A release that lets go of them has to come in between.
 */
export function deletedTopics(workspace: Workspace, environment: string, promoted: Pipeline): readonly Problem[] {
  const { pipeline } = promoted;
  const release = workspace.placements.get(environment)?.get(pipeline)?.value.release;
  const running = release === undefined ? undefined : pinnedDeclaration(workspace, pipeline, release)?.value;
  if (running === undefined) return [];
  return Object.entries(running.topics).flatMap(([key, topic]) =>
    topic.managed && !(key in promoted.topics)
      ? [
          {
            file: placementFile(environment, pipeline),
            message: `${environment} runs ${pipeline} ${release ?? ''}, in which Strimzi manages the topic ${topic.topicName ?? key} (${holding(topic)}): without its declaration Kafka deletes it with its data`,
            remedy: 'Promote a release that lets go of it first (topics: <topic>: {managed: false}), or say --delete-data.',
          },
        ]
      : [],
  );
}
