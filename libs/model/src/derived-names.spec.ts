import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { applicationName, defaultTransactionalIdPrefix, isClusterSecret, jobStorage, transactionalIdAcl } from './derived-names.js';
import { kafkaIdentifier, objectName, topicKey } from './names.js';

const consumerGroup = kafkaIdentifier('a consumer group', 'order-processor-group');
const label = fc
  .tuple(fc.constantFrom(...Array.from('abcxyz')), fc.string({ unit: fc.constantFrom(...Array.from('ab0-')), maxLength: 6 }))
  .map(([first, rest]) => `${first}${rest}`)
  .filter((name) => topicKey.safeParse(name).success);

describe('names that are derived', () => {
  it('a user cannot be named like the Secrets that Strimzi keeps for the cluster', () => {
    const kept = ['kafka-cluster-ca', 'kafka-clients-ca', 'kafka-cluster-ca-cert', 'kafka-entity-user-operator-certs', 'kafka-broker-0'];
    expect(kept.filter((secret) => !isClusterSecret(secret, 'kafka'))).toEqual([]);
    expect(['kafka', 'kafkaesque', 'flink-app'].filter((secret) => isClusterSecret(secret, 'kafka'))).toEqual([]);
  });

  /** The same words, cut into three names in two ways; or two names that only begin alike. */
  const words = fc.array(fc.constantFrom('a', 'b'), { minLength: 3, maxLength: 5 });
  const cut = (parts: readonly string[], one: number, two: number): [string, string, string] => {
    const first = 1 + (one % (parts.length - 2));
    const second = first + 1 + (two % (parts.length - first - 1));
    return [parts.slice(0, first).join('-'), parts.slice(first, second).join('-'), parts.slice(second).join('-')];
  };
  type Triple = readonly [pipeline: string, job: string, topic: string];
  const triples: fc.Arbitrary<readonly [Triple, Triple]> = fc.oneof(
    fc.tuple(fc.tuple(label, label, label), fc.tuple(label, label, label)),
    fc.tuple(words, fc.nat(), fc.nat(), fc.nat(), fc.nat()).map(([parts, a, b, c, d]) => [cut(parts, a, b), cut(parts, c, d)] as const),
    fc.tuple(label, label, label, label).map(
      ([pipeline, job, topic, more]) =>
        [
          [pipeline, job, topic],
          [pipeline, job, `${topic}-${more}`],
        ] as const,
    ),
  );

  it('the transactional ids of two writes never start with one another (R87), nor do the rights to them (R89)', () => {
    fc.assert(
      fc.property(triples, ([one, other]) => {
        fc.pre(one.join('/') !== other.join('/'));
        const ids = defaultTransactionalIdPrefix(...one);
        const others = defaultTransactionalIdPrefix(...other);
        expect(others.startsWith(ids)).toBe(false);
        expect(others.startsWith(transactionalIdAcl(ids))).toBe(false);
        // Flink's KafkaSink appends "-<subtask>-<number>" to the prefix.
        expect(`${others}-0-1`.startsWith(transactionalIdAcl(ids))).toBe(false);
        expect(`${ids}-0-1`.startsWith(transactionalIdAcl(ids))).toBe(true);
        expect(consumerGroup.safeParse(ids).success).toBe(true);
      }),
    );
  });

  it('Applications of different parts have different names', () => {
    fc.assert(
      fc.property(triples, ([one, other]) => {
        fc.pre(one.join('/') !== other.join('/'));
        const [names, others] = [one, other].map(([environment, pipeline, part]) => [
          applicationName(environment, pipeline, part),
          applicationName(environment, `${pipeline}-${part}`),
          applicationName(`${environment}-${pipeline}`, part),
        ]);
        expect(new Set(names).size).toBe(3);
        expect(others).not.toContain(names?.[0]);
      }),
    );
  });

  it('an Application has a name that Kubernetes takes, however long its parts are', () => {
    const longest = applicationName('x'.repeat(32), 'x'.repeat(45), 'flink');
    expect(objectName.safeParse(longest).success).toBe(true);
  });

  it('the state of one job never lies within that of another (R86)', () => {
    const foldersOf = (of: string, job: string) => {
      const { checkpoints, savepoints, highAvailability } = jobStorage('s3://bucket/prod', of, job);
      return [checkpoints, savepoints, highAvailability];
    };
    fc.assert(
      fc.property(triples, fc.boolean(), ([[, ...one], [, ...other]], isSession) => {
        const [[oneOwner, oneJob], [otherOwner, otherJob]] = [one, isSession ? (['_sessions', other[1]] as const) : other];
        fc.pre(`${oneOwner}/${oneJob}` !== `${otherOwner}/${otherJob}`);
        const folders = foldersOf(oneOwner, oneJob);
        const others = foldersOf(otherOwner, otherJob);
        const within = (a: string, b: string) => `${a}/`.startsWith(`${b}/`);
        expect(folders.filter((folder) => others.some((other) => within(folder, other) || within(other, folder)))).toEqual([]);
        expect(folders.every((folder) => folder.startsWith('s3://bucket/prod/'))).toBe(true);
        expect(new Set(folders).size).toBe(3);
      }),
    );
  });
});
