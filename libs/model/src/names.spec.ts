import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type * as z from 'zod';

import {
  applicationName,
  defaultTransactionalIdPrefix,
  environmentName,
  isClusterSecret,
  jobName,
  jobStorage,
  kafkaClusterName,
  kafkaIdentifier,
  kafkaTopicName,
  namespaceName,
  objectName,
  pipelineName,
  releaseVersion,
  secretKey,
  sessionName,
  teamName,
  topicKey,
  transactionalIdAcl,
  userName,
  variableName,
} from './names.js';

const consumerGroup = kafkaIdentifier('a consumer group', 'order-processor-group');

/** Names that become Kubernetes objects and folders: the limit of each, in characters. */
const LABELS = [
  ['an environment', environmentName, 32],
  ['a team', teamName, 32],
  ['a pipeline', pipelineName, 45],
  ['a job', jobName, 45],
  ['a session cluster', sessionName, 45],
  ['a topic key', topicKey, 63],
  ['a user', userName, 63],
  ['a Kafka cluster', kafkaClusterName, 40],
  ['a namespace', namespaceName, 63],
] as const;

const LABEL_CHARACTERS = Array.from('abcdefghijklmnopqrstuvwxyz0123456789-');
/** What may be a label, what nearly is one, and anything else. */
const nearlyLabels = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...LABEL_CHARACTERS), minLength: 1, maxLength: 70 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...LABEL_CHARACTERS, ...Array.from('AZ_./\\ \n\0ä:#')), maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', 'nan', 'inf', 'e1', 'x1f', 'constructor') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const label = fc
  .tuple(fc.constantFrom(...Array.from('abcxyz')), fc.string({ unit: fc.constantFrom(...Array.from('ab0-')), maxLength: 6 }))
  .map(([first, rest]) => `${first}${rest}`)
  .filter((name) => topicKey.safeParse(name).success);

describe.each(LABELS)('the name of %s', (_what, schema, most) => {
  const name: z.ZodType<string> = schema;

  it.each(['a', 'a1', 'order-processor', 'a--b', 'x'.repeat(most)])('may be %s', (text) => {
    expect(name.safeParse(text)).toEqual({ success: true, data: text });
  });

  it.each([
    ...['', '-', '-a', 'a-', '1a', 'A', 'Orders', 'a_b', 'a.b', 'a b', 'a/b', '..', '.', 'ä', '~', 'a\n', 'a\0', ' a', 'a ', '\u{1f600}'],
    ...['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'],
    'constructor',
    'x'.repeat(most + 1),
  ])('cannot be %j', (text) => {
    expect(name.safeParse(text).success).toBe(false);
  });

  it('is, whatever passes, one path segment, an RFC 1123 label within the limit, and the same text unquoted in YAML', () => {
    fc.assert(
      fc.property(nearlyLabels, (text) => {
        fc.pre(name.safeParse(text).success);
        expect(text).toMatch(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/);
        expect(text.length).toBeLessThanOrEqual(most);
        expect(new URL(`./${text}`, 'file:///repository/apps/x').pathname).toBe(`/repository/apps/${text}`);
        // The parser here takes e1 and e-1 for numbers in YAML 1.1, which neither the specification nor kustomize's does.
        for (const version of /^e-?\d+$/.test(text) ? (['1.2'] as const) : (['1.1', '1.2'] as const)) {
          expect(parse(`name: ${text}\n`, { version })).toEqual({ name: text });
          expect(parse(`${text}: 1\n`, { version, mapAsMap: true })).toEqual(new Map([[text, 1]]));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with a sentence that shows a right one', () => {
    const refused = name.safeParse('Not A Name');
    expect(refused.error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/lower-case letters.*for example [a-z-]+\)/)]);
  });
});

describe('other names', () => {
  it.each([
    [
      'a topic in Kafka',
      kafkaTopicName,
      ['a', 'shop.Orders_1-x', '_private', '123', 'x'.repeat(249)],
      ['', '.', '..', '__consumer_offsets', 'a b', 'a/b', 'ä', 'a\n', 'x'.repeat(250)],
    ],
    ['a consumer group', consumerGroup, ['a', '9', 'Orders.v1_x-y', 'x'.repeat(200)], ['', '.a', '-a', '_a', 'a*', 'a b', 'a\n', 'x'.repeat(201)]],
    [
      'an object that is there',
      objectName,
      ['a', '1a', 'fast-ssd', 'a.b-c.d', 'x'.repeat(253)],
      ['', '.', '..', 'a.', '.a', 'a..b', 'a.-b', 'A', 'a_b', 'a/b', 'a\n', 'x'.repeat(254)],
    ],
    ['a key of a Secret', secretKey, ['password', 'ca.crt', '_A-b.9'], ['', 'a/b', 'a b', 'a\n', 'x'.repeat(254)]],
    ['an environment variable', variableName, ['A', '_a1', 'LOG_LEVEL'], ['', '1A', 'A-B', 'A.B', 'A=B', 'A B', 'A\n']],
    [
      'a release',
      releaseVersion,
      ['0.0.0', '1.4.0', '10.20.30', '1.0.0-rc.1', '1.0.0-alpha-b.0'],
      ['', '1', '1.4', 'v1.4.0', '01.4.0', '1.4.0+build', '1.4.0-', '1.4.0-01', '1.4.0-a..b', '1.4.0\n', '../1.4.0', 'next', `1.4.0-${'x'.repeat(60)}`],
    ],
  ])('%s', (_what, schema, allowed, refused) => {
    expect(allowed.filter((text) => !schema.safeParse(text).success)).toEqual([]);
    expect(refused.filter((text) => schema.safeParse(text).success)).toEqual([]);
  });

  it('a user cannot be named like the Secrets that Strimzi keeps for the cluster', () => {
    const kept = ['kafka-cluster-ca', 'kafka-clients-ca', 'kafka-cluster-ca-cert', 'kafka-entity-user-operator-certs', 'kafka-broker-0'];
    expect(kept.filter((secret) => !isClusterSecret(secret, 'kafka'))).toEqual([]);
    expect(['kafka', 'kafkaesque', 'flink-app'].filter((secret) => isClusterSecret(secret, 'kafka'))).toEqual([]);
  });
});

describe('names that are derived', () => {
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

describe('patches, the folder of what people change in generated files', () => {
  it.each([
    ['an environment', environmentName],
    ['a pipeline', pipelineName],
  ])('is no name of %s: sync leaves alone what lies below', (_what, schema) => {
    expect(schema.safeParse('patches').error?.issues.map(({ message }) => message)).toEqual(['patches is what folders of patches are called']);
    expect(schema.safeParse('patches-1').success).toBe(true);
  });
});
