import { declaredKafkas, environmentFile, environmentFolder, placementFile } from '@millrace/model';

import { goneAlready, inTheWay, type Removal } from './removal.js';

/** An environment goes when nothing runs in it, no Kafka is left, and no other promotes from it. */
export const removeEnvironment: Removal = (workspace, { name }) => {
  const environment = workspace.environments.get(name);
  if (environment === undefined) return goneAlready(`environment ${name}`);
  const file = environmentFile(name);
  inTheWay([
    ...[...(workspace.placements.get(name)?.keys() ?? [])].map((pipeline) => ({
      file: placementFile(name, pipeline),
      message: `${pipeline} runs in ${name}`,
      remedy: `Take it away first: millrace remove placement ${pipeline} --environment ${name}`,
    })),
    ...declaredKafkas(environment.value).map(({ name: cluster, kafka }) => ({
      file,
      message: `${name} has the Kafka cluster ${kafka.cluster}`,
      remedy: `Remove it first: millrace remove kafka-cluster ${cluster} --environment ${name}`,
    })),
    ...[...workspace.environments].flatMap(([other, { value }]) =>
      value.promotesFrom === name
        ? [{ file: environmentFile(other), message: `${other} promotes from ${name}`, remedy: 'Give it another promotesFrom first.' }]
        : [],
    ),
    ...[...workspace.patches].flatMap(([overlay, patches]) =>
      overlay.startsWith(`${environmentFolder(name)}/`)
        ? patches.map((patch) => ({
            file: patch.file,
            message: 'this patch would lose the object that it changes',
            remedy: 'Delete it first, or move it elsewhere.',
          }))
        : [],
    ),
  ]);
  return {
    edits: [
      { kind: 'remove', file },
      { kind: 'remove-generated', file: environmentFolder(name) },
    ],
    notices: [
      {
        message: `the state of its jobs stays under ${environment.value.flink.storage}; what Argo CD still has of it, the operators too, runs on: no commit removes that`,
        remedy: `Before you push this: argocd app delete ${name}.pipelines --cascade, then ${name}.platform, and confirm what they ask.`,
      },
    ],
  };
};
