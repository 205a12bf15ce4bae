import { declaredKafkas, environmentFile, environmentFolder, managedOperator, teamNamespace, type Environment, type Workspace } from '@millrace/model';

import { manifestsIn, type Manifest } from '../file.js';
import { overlay, type PatchesOf } from '../kustomization.js';

/** The namespaces of the teams in an environment, each once, by name. */
export function teamNamespaces(workspace: Workspace, environment: Environment): readonly string[] {
  const teams = Object.keys(workspace.millrace.value.teams);
  return [...new Set(teams.flatMap((team) => teamNamespace(workspace, environment, team) ?? []))].sort();
}

/** Where the namespaces of an environment are: an Application of their own, before everything that needs one to be there (R52). */
function namespacesFolder(environment: string): string {
  return `${environmentFolder(environment)}/namespaces`;
}

/** The namespaces of Kafka and of the teams, with the security standard that their pods are held to (R62, R81). */
export function namespaces(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): readonly Manifest[] {
  const folder = namespacesFolder(environment.environment);
  const manifest = manifestsIn(folder, environmentFile(environment.environment), environment.layout);
  // Strimzi's default pods fit the baseline standard; the operator that Millrace keeps is told to make them fit the restricted one (R23).
  const enforce = managedOperator(workspace, environment, 'strimzi') === undefined ? 'baseline' : 'restricted';
  const resources = [
    ...declaredKafkas(environment).map(({ kafka: { namespace } }) => manifest(fileName(namespace), 'namespace', { namespace, enforce })),
    ...teamNamespaces(workspace, environment).map((namespace) => manifest(fileName(namespace), 'namespace', { namespace, enforce: 'restricted' })),
  ];
  return overlay(manifest, { folder, resources }, patchesOf);
}

/** A namespace may be called kustomization. */
const fileName = (namespace: string) => `namespace-${namespace}.yaml`;
