import { MAIN_KAFKA, type Environment, type Workspace } from '@millrace/model';

import type { Context } from '../template.js';
import { teamNamespaces } from './namespaces.js';
import { kafkaUsersStore } from './secret-stores.js';

/** The Secret or ConfigMap of a team's namespace that says where the schema registry is, and as whom to ask it. */
const SCHEMA_REGISTRY = 'schema-registry';

/** Its one file, which jobs find beside their Kafka client configuration. */
const SCHEMA_REGISTRY_FILE = 'schema-registry.properties';

/** A colon ends the user name of basic authentication; in a properties file the backslash is an escape. */
const USER_INFO = '{{ .username | replace `\\` `\\\\` }}:{{ .password | replace `\\` `\\\\` }}';

/** What tells each team's jobs of the schema registry, in the words of its clients: `schema.registry.url`, `basic.auth.user.info`. */
export function schemaRegistryFiles(
  workspace: Workspace,
  environment: Environment,
): readonly { readonly path: string; readonly template: string; readonly context: Context }[] {
  const { schemaRegistry } = environment;
  if (schemaRegistry === undefined) return [];
  const { url, credentials } = schemaRegistry;
  return teamNamespaces(workspace, environment).map((namespace) => {
    const path = `schema-registry-${namespace}.yaml`;
    const common = { name: SCHEMA_REGISTRY, namespace, file: SCHEMA_REGISTRY_FILE };
    if (credentials === undefined) return { path, template: 'flink/schema-registry', context: { ...common, text: `schema.registry.url=${url}\n` } };
    const text = `schema.registry.url=${url}\nbasic.auth.credentials.source=USER_INFO\nbasic.auth.user.info=${USER_INFO}\n`;
    const from =
      'secret' in credentials
        ? { store: { kind: 'SecretStore', name: kafkaUsersStore(MAIN_KAFKA) }, key: credentials.secret }
        : { store: credentials.secretStore, key: credentials.path };
    return { path, template: 'flink/schema-registry-credentials', context: { ...common, ...from, text } };
  });
}

/** Where a projected volume finds that file: in a Secret or a ConfigMap, neither where the environment has no schema registry. */
export function schemaRegistryVolume({ schemaRegistry }: Environment): {
  readonly registrySecret: string | undefined;
  readonly registryConfigMap: string | undefined;
} {
  const open = schemaRegistry !== undefined && schemaRegistry.credentials === undefined;
  return { registrySecret: schemaRegistry === undefined || open ? undefined : SCHEMA_REGISTRY, registryConfigMap: open ? SCHEMA_REGISTRY : undefined };
}
