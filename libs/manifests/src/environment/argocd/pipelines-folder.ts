import { argocdPipelinesFolder, environmentFile, generatedYaml } from '@millrace/model';

/**
 * The file that keeps an environment's folder of pipeline Applications in git while no pipeline runs there: without the
 * folder the root of the pipelines has no path ("app path does not exist"). Argo CD reads only YAML, JSON and Jsonnet.
 */
export function pipelinesFolder(environment: string): readonly [path: string, text: string] {
  const why = '# An environment without pipelines has this folder too: the root of the pipelines reads it.\n';
  return [`${argocdPipelinesFolder(environment)}/.gitkeep`, generatedYaml(environmentFile(environment), 'delete the environment, and this goes with it.', why)];
}
