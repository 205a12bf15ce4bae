import {
  CREDENTIALS_MOUNT,
  environmentFile,
  environmentFolder,
  forFlink,
  jobStorage,
  platform,
  sessionCredentialsName,
  teamNamespace,
  type Environment,
  type FlinkPin,
  type Session,
  type Workspace,
} from '@millrace/model';

import { sorted, unlessEmpty } from '../context-values.js';
import { manifestsIn, type Manifest } from '../file.js';
import { clusterSettings, metricsPort, podLabels } from '../flink/cluster-settings.js';
import { pluginFor } from '../flink/file-systems.js';
import { networkPolicyContext } from '../flink/network-policy.js';
import { overlay, type PatchesOf } from '../kustomization.js';
import { teamNamespaces } from './namespaces.js';
import { schemaRegistryFiles, schemaRegistryVolume } from './schema-registry.js';
import { secretStores } from './secret-stores.js';

/** State of session clusters themselves lies where no pipeline's can: a pipeline's name has no underscore. */
const SESSIONS = '_sessions';

/** The overlay of Flink in an environment: what Flink may do in the teams' namespaces, credentials, session clusters. */
export function flinkPlatform(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): readonly Manifest[] {
  const folder = `${environmentFolder(environment.environment)}/flink`;
  const manifest = manifestsIn(folder, environmentFile(environment.environment), environment.layout);
  const { flink } = environment;
  const stores = secretStores(workspace, environment).map(({ path, context }) => manifest(path, 'flink/secret-store', context));
  const registry = schemaRegistryFiles(workspace, environment).map(({ path, template, context }) => manifest(path, template, context));
  const namespaces = teamNamespaces(workspace, environment).flatMap((namespace) => [
    manifest(`access-${namespace}.yaml`, 'flink/access', { namespace, annotations: unlessEmpty(sorted(identityOf(workspace, environment, namespace))) }),
    ...(flink.networkPolicies ? [manifest(`network-${namespace}.yaml`, 'flink/network-policy', networkPolicyContext(workspace, environment, namespace))] : []),
  ]);
  const sessions = (flink.mode === 'session' ? Object.entries(flink.sessions).sort(([a], [b]) => (a < b ? -1 : 1)) : []).flatMap(([name, session]) => {
    const namespace = teamNamespace(workspace, environment, session.team);
    const pin = platform(environment.platform).flink[session.flinkVersion];
    if (namespace === undefined || pin === undefined) return [];
    const credentials = sessionCredentialsName(name);
    return [
      manifest(`session-${name}.yaml`, 'flink/session', {
        ...sessionContext(environment, name, session, pin),
        namespace,
        credentials,
        ...schemaRegistryVolume(environment),
      }),
      manifest(`credentials-of-${name}.yaml`, 'flink/session-credentials', { namespace, credentials }),
    ];
  });
  return overlay(manifest, { folder, resources: [...namespaces, ...stores, ...registry, ...sessions] }, patchesOf);
}

/** What says to a cloud who the jobs of a namespace are: annotations of their service account. A namespace is of one team. */
function identityOf(workspace: Workspace, environment: Environment, namespace: string): Readonly<Record<string, string>> {
  const team = Object.keys(environment.flink.identities).find((name) => teamNamespace(workspace, environment, name) === namespace);
  return team === undefined ? {} : (environment.flink.identities[team]?.serviceAccountAnnotations ?? {});
}

function sessionContext(environment: Environment, name: string, session: Session, { version, image }: FlinkPin) {
  const { storage, flinkConfiguration } = environment.flink;
  const { checkpoints, savepoints, highAvailability } = jobStorage(storage, SESSIONS, name);
  const plugin = pluginFor(storage);
  return {
    session: name,
    image,
    flinkVersion: session.flinkVersion,
    jobManager: session.jobManager,
    taskManager: session.taskManager,
    plugin: plugin === undefined ? undefined : `${plugin}-${version}.jar`,
    podLabels: podLabels(environment, session.team),
    metricsPort: metricsPort(environment),
    mount: CREDENTIALS_MOUNT,
    flinkConfiguration: sorted({
      ...forFlink(session.flinkVersion, {
        'execution.checkpointing.dir': checkpoints,
        'execution.checkpointing.savepoint-dir': savepoints,
        'state.backend.type': 'rocksdb',
      }),
      ...clusterSettings(environment, session.team),
      'high-availability.storageDir': highAvailability,
      'taskmanager.numberOfTaskSlots': String(session.slots),
      ...forFlink(session.flinkVersion, flinkConfiguration),
      ...session.flinkConfiguration,
    }),
  };
}
