import { declaredKafkas, kafkaPath, kafkaVersions, platform as setOf, type Edit, type Environment, type PlatformName, type Problem } from '@millrace/model';

export interface KafkaPin {
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
    const path = kafkaPath(name);
    const now = kafkaVersions(setOf(environment.platform), kafka);
    const then = kafkaVersions(setOf(to), kafka);
    return (['version', 'metadataVersion'] as const).flatMap((key) =>
      now[key] === then[key] ? [] : [{ path: [...path, key], value: now[key], then: then[key] }],
    );
  });
}

/** The edits of environment.yaml that write them down. */
export function pinEdits(pins: readonly KafkaPin[]): readonly Edit[] {
  return pins.map(({ path, value }) => ({ kind: 'set', path, value }));
}

/** What to know of them: why they are there, and how Kafka follows. */
export function pinNotices(file: string, pins: readonly KafkaPin[], to: PlatformName): readonly Problem[] {
  return pins.map(({ path, value, then }) => ({
    file,
    message: `${path.join('.')} is pinned to ${value}, which runs now: Strimzi is upgraded first, Kafka after it (R21)`,
    remedy: `When the operators of ${to} run, take the line out: Kafka goes to ${then}. The version first, metadataVersion in a commit of its own (R5).`,
  }));
}
