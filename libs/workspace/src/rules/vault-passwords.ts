import { environmentFile, type Problem } from '@millrace/model';

import type { Changes } from '../changes.js';

const PIPELINE = /^environments\/([^/]+)\/credentials\/pipeline\./;

/**
 * Environments whose users had the passwords that Strimzi made, and would get those of a vault: a job knows only the one that it started
 * with (R68). Nothing is read but what changes.
 */
export function vaultPasswords({ update }: Changes): readonly Problem[] {
  const moved = update.flatMap(({ path, text, before }) => {
    const environment = PIPELINE.exec(path)?.[1];
    return environment !== undefined && before !== undefined && isFromVault(text) && !isFromVault(before) ? [environment] : [];
  });
  return [...new Set(moved)].map((environment) => ({
    file: environmentFile(environment),
    message: `the Kafka users of ${environment} get the passwords that the vault has for them; a running job keeps the one that it started with, and fails at its next connection where they differ`,
    remedy: 'Put the present passwords into the vault before you commit this, or restart the jobs as soon as it is synced.',
  }));
}

function isFromVault(text: string): boolean {
  return /^kind: ExternalSecret$/m.test(text);
}
