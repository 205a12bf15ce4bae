import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { schemaSet, schemaSetNames } from '@millrace/apiserver';
import { fieldOf } from '@millrace/model';
import { execa } from 'execa';

const MODULE = 'github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0';
const KINDS: readonly (readonly [group: string, kind: string])[] = [
  ['kafka.strimzi.io', 'Kafka'],
  ['kafka.strimzi.io', 'KafkaNodePool'],
  ['kafka.strimzi.io', 'KafkaTopic'],
  ['kafka.strimzi.io', 'KafkaUser'],
  ['flink.apache.org', 'FlinkDeployment'],
  ['flink.apache.org', 'FlinkSessionJob'],
  ['external-secrets.io', 'ExternalSecret'],
  ['external-secrets.io', 'SecretStore'],
  ['argoproj.io', 'Application'],
  ['argoproj.io', 'AppProject'],
];

/** kubeconform where it is installed, or installed by Go where that is; undefined where neither is. */
export async function findKubeconform(): Promise<string | undefined> {
  if (!(await execa('kubeconform', ['-v'], { reject: false })).failed) return 'kubeconform';
  const folder = join(homedir(), '.cache/millrace-bench');
  const program = join(folder, 'kubeconform');
  if (existsSync(program)) return program;
  const made = await execa('go', ['install', MODULE], { env: { GOBIN: folder, GOFLAGS: '' }, reject: false });
  return made.failed ? undefined : program;
}

/**
 * Writes the schemas of the newest platform as kubeconform reads them.
 * @returns what to give to -schema-location
 */
export function writeKubeconformSchemas(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const definitions = schemaSet(schemaSetNames().at(-1) ?? '');
  for (const [group, kind] of KINDS) {
    const definition: unknown = JSON.parse(definitions.find(group, kind) ?? '{}');
    for (const { name, schema } of versionsOf(definition)) writeFileSync(join(folder, `${kind.toLowerCase()}-${group}-${name}.json`), JSON.stringify(schema));
  }
  return join(folder, '{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json');
}

function versionsOf(definition: unknown): readonly { readonly name: string; readonly schema: unknown }[] {
  const versions = fieldOf(definition, 'spec', 'versions');
  if (!Array.isArray(versions)) return [];
  return versions.map((version: unknown) => ({ name: String(fieldOf(version, 'name')), schema: fieldOf(version, 'schema', 'openAPIV3Schema') }));
}
