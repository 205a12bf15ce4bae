import { firstEnvironment, MillraceError, pipelineFile, pinnedDeclaration, placementFile, type Problem, type Workspace } from '@millrace/model';

import { holding } from '../../consequences/topics/holding.js';
import type { History } from '../../history.js';
import { readWorkspace } from '../../read-workspace.js';
import { problemAt } from '../../rules/rule.js';
import { namedPipeline } from '../named.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/**
 * A topic goes in two steps (R12): first Strimzi lets go of it, in every environment; then the declaration goes, and the topic and its
 * data stay in Kafka. In one step, and with its data, only where that is said.
 */
export const removeTopic: Removal = (workspace, { name, data, ...options }, history) => {
  const pipeline = needed('topic', 'pipeline', options.pipeline);
  const declared = namedPipeline(workspace, pipeline);
  const { file, value } = declared;
  const topic = value.topics[name];
  if (topic === undefined) return goneAlready(`topic ${name} in ${pipeline}`);
  inTheWay(clientsOf(workspace, name));
  const first = firstEnvironment(workspace);
  const placement = first === undefined ? undefined : workspace.placements.get(first)?.get(pipeline);
  const gone = [
    { kind: 'yaml' as const, file, edits: [{ kind: 'delete' as const, path: ['topics', name] }] },
    ...(placement === undefined || !(name in placement.value.topics)
      ? []
      : [{ kind: 'yaml' as const, file: placement.file, edits: [{ kind: 'delete' as const, path: ['topics', name] }] }]),
  ];
  if (data === 'delete') {
    if (!topic.managed) {
      inTheWay([
        problemAt(
          declared,
          ['topics', name, 'managed'],
          `Strimzi has let go of the topic ${topic.topicName ?? name}, so it deletes neither the topic nor its data when the declaration goes`,
          `To keep both: millrace remove topic ${name} --pipeline ${pipeline} --finish. Else take managed: false out, and run this again when that is synced.`,
        ),
      ]);
    }
    return {
      edits: gone,
      notices: [
        {
          message: `Kafka deletes the topic ${topic.topicName ?? name} with all its data, ${holding(topic)}, where this is synced: now in ${first ?? 'no environment'}, elsewhere with the next promotion`,
          remedy: 'Argo CD asks a person before it does. Let go of it instead to keep the data: leave out --delete-data.',
        },
      ],
    };
  }
  if (data === 'let-go') {
    return {
      edits: [{ kind: 'yaml', file, edits: [{ kind: 'set', path: ['topics', name, 'managed'], value: false }] }],
      notices: [
        {
          message: `Strimzi lets go of the topic ${topic.topicName ?? name}: it stays in Kafka as it is, ${holding(topic)}`,
          remedy: `Promote that to every environment; when Argo CD has synced it: millrace remove topic ${name} --pipeline ${pipeline} --finish`,
        },
      ],
    };
  }
  inTheWay(notLetGo(workspace, pipeline, name));
  const published = publishedWorkspace(workspace, history);
  if (published !== undefined) inTheWay(notPublished(published, pipeline, name));
  const named = topic.topicName ?? name;
  return {
    edits: gone,
    notices: [
      published === undefined
        ? {
            message: `nobody declares the topic ${named} any more; it stays in Kafka where Argo CD has synced before that Strimzi lets go of it`,
            remedy:
              'Merge the first step before this one: together they delete the topic with its data. If it stays, delete it with a Kafka client when nobody needs its data.',
          }
        : {
            message: `the topic ${named} stays in Kafka, and nobody declares it any more`,
            remedy: 'Delete it with a Kafka client when nobody needs its data.',
          },
    ],
  };
};

/** Jobs and clients that read or write a topic, in the declarations as they are now. */
function clientsOf(workspace: Workspace, topic: string): readonly Problem[] {
  return [...workspace.pipelines].flatMap(([pipeline, { next }]) =>
    (['jobs', 'users'] as const).flatMap((section) =>
      Object.entries(next.value[section]).flatMap(([name, { reads, writes }]): readonly Problem[] => {
        const uses = [...(topic in reads ? ['reads'] : []), ...(topic in writes ? ['writes'] : [])];
        if (uses.length === 0) return [];
        return [{ file: pipelineFile(pipeline), message: `${name} ${uses.join(' and ')} ${topic}`, remedy: `Take the topic out of ${section}.${name} first.` }];
      }),
    ),
  );
}

/** The environments whose release still has Strimzi manage a topic: without it there, the topic would be deleted. */
function notLetGo(workspace: Workspace, pipeline: string, topic: string): readonly Problem[] {
  const next = workspace.pipelines.get(pipeline)?.next;
  if (next?.value.topics[topic]?.managed === true) {
    return [
      {
        file: next.file,
        message: `Strimzi manages ${topic} still: without its declaration Kafka would delete it`,
        remedy: `First step: millrace remove topic ${topic} --pipeline ${pipeline}`,
      },
    ];
  }
  return managing(workspace, pipeline, topic).map(({ environment, release }) => ({
    file: placementFile(environment, pipeline),
    message: `${environment} runs ${release}, in which Strimzi manages ${topic} still`,
    remedy: `Promote the release that lets go of it: millrace promote ${pipeline} --to ${environment}`,
  }));
}

/**
 * The environments that Argo CD would take from a topic that Strimzi manages straight to none, for it has not been given the first step:
 * both in one pull request delete the topic.
 */
function notPublished({ branch, workspace }: Published, pipeline: string, topic: string): readonly Problem[] {
  return managing(workspace, pipeline, topic).map(({ environment, release }) => ({
    file: placementFile(environment, pipeline),
    message: `on origin/${branch}, as it was fetched last, ${environment} runs ${release}, in which Strimzi manages ${topic} still: both steps at once delete the topic`,
    remedy: `Merge the first step into ${branch}, let Argo CD sync it, then git fetch and run this again.`,
  }));
}

/** The environments in whose release Strimzi manages a topic. */
function managing(workspace: Workspace, pipeline: string, topic: string): readonly { readonly environment: string; readonly release: string }[] {
  return [...workspace.placements].flatMap(([environment, placements]) => {
    const release = placements.get(pipeline)?.value.release;
    const declared = release === undefined ? undefined : pinnedDeclaration(workspace, pipeline, release)?.value.topics[topic];
    return release === undefined || declared === undefined || !declared.managed ? [] : [{ environment, release }];
  });
}

interface Published {
  readonly branch: string;
  readonly workspace: Workspace;
}

/** What is declared on the branch that Argo CD follows; undefined where nobody knows here, or nobody can read it. */
function publishedWorkspace({ millrace }: Workspace, history: History): Published | undefined {
  const { branch } = millrace.value.repository;
  const files = history.published(branch);
  try {
    return files === undefined ? undefined : { branch, workspace: readWorkspace(files) };
  } catch (error) {
    if (error instanceof MillraceError) return undefined;
    throw error;
  }
}
