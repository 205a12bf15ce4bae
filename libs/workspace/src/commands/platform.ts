import {
  declaredKafkas,
  environmentName,
  kafkaVersions,
  MAIN_KAFKA,
  platform as setOf,
  platformNames,
  type Environment,
  type PlatformName,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand, type CommandPlan } from '../command.js';
import { namedEnvironment } from './named.js';

/** Moves an environment to another tested set: operators first, Kafka in steps of its own. */
export const platform = defineCommand({
  name: 'platform',
  summary: 'Move an environment to another tested set of versions; Kafka stays where it is until you say so',
  examples: ['millrace platform 2026.11 --environment dev'],
  options: z.strictObject({
    name: z.enum(platformNames).meta({ description: 'The tested set', positional: 0, prompt: 'To which tested set?' }),
    environment: environmentName.meta({ description: 'The environment', prompt: 'Which environment?' }),
  }),
  plan: (workspace, { name, environment }): CommandPlan => {
    const { file, value } = namedEnvironment(workspace, environment);
    const pins = kafkaPins(value, name);
    return {
      edits: [
        {
          kind: 'yaml',
          file,
          edits: [
            { kind: 'set', path: ['platform'], value: name },
            ...pins.map(({ path, value: version }) => ({ kind: 'set' as const, path, value: version })),
          ],
        },
      ],
      notices: pins.map(({ path, value: version, then }) => ({
        file,
        message: `${path.join('.')} is pinned to ${version}, which runs now: Strimzi is upgraded first, Kafka after it (R21)`,
        remedy: `When the operators of ${name} run, take the line out: Kafka goes to ${then}. The version first, metadataVersion in a commit of its own (R5).`,
      })),
    };
  },
});

interface KafkaPin {
  readonly path: readonly string[];
  /** What runs now, and what runs without the pin. */
  readonly value: string;
  readonly then: string;
}

/**
 * What has to be pinned of an environment's Kafka clusters so that a move to another set changes the operators alone: an upgrade is
 * CRDs, operator, Kafka's version, its metadata version, each after the one before has settled (R5, R21).
 */
export function kafkaPins(environment: Environment, to: PlatformName): readonly KafkaPin[] {
  if (environment.platform === to) return [];
  return declaredKafkas(environment).flatMap(({ name, kafka }) => {
    const path = name === MAIN_KAFKA ? ['kafka'] : ['kafkaClusters', name];
    const now = kafkaVersions(setOf(environment.platform), kafka);
    const then = kafkaVersions(setOf(to), kafka);
    return (['version', 'metadataVersion'] as const).flatMap((key) =>
      now[key] === then[key] ? [] : [{ path: [...path, key], value: now[key], then: then[key] }],
    );
  });
}
