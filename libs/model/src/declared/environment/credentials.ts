import * as z from 'zod';

import { objectName } from '../../names.js';
import { webUrl, secretPath } from '../scalars.js';

/** A store of External Secrets that the cluster has already, and where in it something lies. */
export const secretStoreReference = z.strictObject({
  secretStore: z
    .strictObject({
      kind: z
        .enum(['ClusterSecretStore', 'SecretStore'])
        .default('ClusterSecretStore')
        .meta({ description: 'SecretStore: one of that name in every namespace that needs it' }),
      name: objectName.meta({ description: 'Its name', examples: ['vault'] }),
    })
    .meta({ description: 'The store' }),
  path: secretPath.meta({ description: 'Where in the store it lies', examples: ['streaming/prod/kafka'] }),
});

/**
 * How users' credentials reach their jobs. `external-secrets`: Strimzi makes the passwords, External Secrets carries them (R67).
 * A mapping: they are made in a vault, and Strimzi and the jobs both get them from there (R68).
 */
export const credentialsSchema = z.union(
  [
    z.literal('external-secrets'),
    z.strictObject({
      vault: secretStoreReference.meta({
        description: 'Passwords are made in a vault; Strimzi and the jobs both get them from there (R68): <path>/<user> has the property password',
      }),
    }),
  ],
  {
    error: 'expected external-secrets, or vault: {secretStore: {name: …}, path: …}',
  },
);

/** A schema registry: where it is, and where the credentials for it are. */
export const schemaRegistrySchema = z.strictObject({
  url: webUrl.meta({ description: 'Where it is', examples: ['https://schema-registry.acme.example'] }),
  credentials: z
    .union([z.strictObject({ secret: objectName.meta({ description: 'The Secret', examples: ['schema-registry'] }) }), secretStoreReference], {
      error: 'expected secret: <name> (beside the main Kafka), or secretStore: {name: …} and path',
    })
    .optional()
    .meta({
      description: "A Secret in the main Kafka's namespace, or an entry of a secret store: either has username and password. Left out: it asks for none",
    }),
});
