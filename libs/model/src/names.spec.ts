import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type * as z from 'zod';

import {
  environmentName,
  jobName,
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
