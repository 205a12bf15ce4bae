import { declaredKafkas, nextFolder, nextLayout, pipelineFile, type Pipeline, type Workspace } from '@millrace/model';

import { CODE_OWNERS_FILE, codeOwners } from './code-owners.js';
import { pipelineApplications } from './environment/argocd/pipeline-applications.js';
import { argocdPlatform } from './environment/argocd/platform.js';
import { credentialsAccess, namespaceAccess } from './environment/credentials.js';
import { flinkPlatform } from './environment/flink.js';
import { kafkaPlatform } from './environment/kafka.js';
import { namespaces } from './environment/namespaces.js';
import { observability } from './environment/observability.js';
import { operators } from './environment/operators/operators.js';
import { pipelinesFolder } from './environment/argocd/pipelines-folder.js';
import { FILE_REMEDY, textOf, type Manifest } from './file.js';
import { inLayout } from './layouts/layouts.js';
import { basesIn } from './pipeline/bases.js';
import { flinkOverlay } from './pipeline/flink-overlay.js';
import { kafkaOverlay, kafkaOverlays } from './pipeline/kafka-overlay.js';
import { foreignTopics, placed } from './pipeline/placed.js';
import { repositoryFiles } from './repository-files.js';

/**
 * Every file that Millrace makes of a workspace, by path, with its text. Pure: the same workspace gives the same files.
 * The workspace must have passed its rules; what they refuse (a placement of an unknown release) is left out here.
 */
export function manifests(workspace: Workspace): ReadonlyMap<string, string> {
  const files = new Map([...repositoryFiles(), ...[...workspace.environments.keys()].map(pipelinesFolder)]);
  const owners = codeOwners(workspace);
  if (owners !== undefined) files.set(CODE_OWNERS_FILE, owners);
  for (const manifest of plan(workspace)) files.set(manifest.path, textOf(manifest));
  return files;
}

/** The same before the templates are filled: which file, from which declared file, by which template, with what. */
export function* plan(workspace: Workspace): Generator<Manifest> {
  const layout = nextLayout(workspace);
  for (const [pipeline, { next }] of workspace.pipelines) yield* nextBases(workspace, pipeline, next.value, layout);
  for (const manifest of environmentPlan(workspace)) yield* inLayout(manifest.layout, manifest);
}

/** What environments have, as the first layout plans it. */
function* environmentPlan(workspace: Workspace): Generator<Manifest> {
  const patchesOf = (folder: string) => workspace.patches.get(folder) ?? [];
  for (const [name, { value: environment }] of workspace.environments) {
    yield* argocdPlatform(workspace, environment, patchesOf);
    yield* namespaces(workspace, environment, patchesOf);
    yield* operators(workspace, environment, patchesOf);
    for (const declared of declaredKafkas(environment)) {
      yield* kafkaPlatform(workspace, environment, declared, patchesOf);
    }
    yield* namespaceAccess(workspace, environment);
    yield* flinkPlatform(workspace, environment, patchesOf);
    yield* observability(workspace, environment, patchesOf);
    for (const pipeline of workspace.placements.get(name)?.keys() ?? []) {
      const here = placed(workspace, name, pipeline);
      if (here === undefined) continue;
      for (const cluster of kafkaOverlays(here)) yield* kafkaOverlay(here, cluster, patchesOf);
      yield* flinkOverlay(here, patchesOf);
      yield* credentialsAccess(here);
      yield* pipelineApplications(workspace, here);
    }
  }
}

function* nextBases(workspace: Workspace, name: string, pipeline: Pipeline, layout: number): Generator<Manifest> {
  for (const { path, template, context } of basesIn(layout, pipeline, foreignTopics(workspace, pipeline))) {
    yield { path: `${nextFolder(name)}/${path}`, from: pipelineFile(name), remedy: FILE_REMEDY, layout, template, context };
  }
}
