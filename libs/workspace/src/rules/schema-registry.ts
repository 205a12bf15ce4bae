import type { Problem, Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** A Secret of the schema registry's credentials lies in the namespace of the main Kafka. */
export function* schemaRegistryCredentials({ environments }: Workspace): Generator<Problem> {
  for (const declared of environments.values()) {
    const { schemaRegistry, kafka } = declared.value;
    if (schemaRegistry?.credentials !== undefined && 'secret' in schemaRegistry.credentials && kafka === undefined) {
      yield problemAt(
        declared,
        ['schemaRegistry', 'credentials', 'secret'],
        "the Secret of the schema registry is looked for in the main Kafka's namespace, and there is no kafka here",
        'Name an entry of a secret store: credentials: {secretStore: {name: <store>}, path: <path>}.',
      );
    }
  }
}
