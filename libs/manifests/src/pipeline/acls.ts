import { defaultConsumerGroup, defaultTransactionalIdPrefix, transactionalIdAcl, type Pipeline } from '@millrace/model';

import { kafkaTopicNameOf, type ForeignTopics } from './topic-names.js';

/** One entry of a KafkaUser's `spec.authorization.acls`. */
export interface Acl {
  readonly type: 'topic' | 'group' | 'transactionalId';
  readonly name: string;
  readonly patternType: 'literal' | 'prefix';
  readonly operations: readonly ('Read' | 'Write')[];
}

/**
 * The least that a user must be allowed (R15, R89): Read on what it reads and on the consumer group, Write on what it
 * writes and on its transactional ids. Describe and IdempotentWrite are implied. Sorted, one entry a resource.
 */
export function aclsOf(pipeline: Pipeline, foreign: ForeignTopics, user: string): readonly Acl[] {
  const acls = new Map<string, Acl>();
  const allow = (type: Acl['type'], name: string, operation: 'Read' | 'Write', patternType: Acl['patternType'] = 'literal') => {
    const key = `${order.indexOf(type)} ${name} ${patternType}`;
    const operations = new Set([...(acls.get(key)?.operations ?? []), operation]);
    acls.set(key, { type, name, patternType, operations: [...operations].sort() });
  };
  const topic = (key: string) => kafkaTopicNameOf(pipeline, foreign, key);

  for (const [job, { user: owner, reads, writes }] of Object.entries(pipeline.jobs)) {
    for (const [key, { consumerGroup, user: reader = owner }] of Object.entries(reads)) {
      if (reader !== user) continue;
      allow('topic', topic(key), 'Read');
      allow('group', consumerGroup ?? defaultConsumerGroup(job), 'Read');
    }
    for (const [key, { deliveryGuarantee, transactionalIdPrefix, user: writer = owner }] of Object.entries(writes)) {
      if (writer !== user) continue;
      allow('topic', topic(key), 'Write');
      if (deliveryGuarantee !== 'exactly-once') continue;
      const prefix = transactionalIdPrefix ?? defaultTransactionalIdPrefix(pipeline.pipeline, job, key);
      allow('transactionalId', transactionalIdAcl(prefix), 'Write', 'prefix');
    }
  }
  const { reads = {}, writes = {} } = pipeline.users[user] ?? {};
  for (const [key, { consumerGroup }] of Object.entries(reads)) {
    allow('topic', topic(key), 'Read');
    allow('group', consumerGroup, 'Read');
  }
  for (const [key, { transactionalIdPrefix }] of Object.entries(writes)) {
    allow('topic', topic(key), 'Write');
    if (transactionalIdPrefix !== undefined) allow('transactionalId', transactionalIdPrefix, 'Write', 'prefix');
  }
  return [...acls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, acl]) => acl);
}

const order: readonly Acl['type'][] = ['topic', 'group', 'transactionalId'];
