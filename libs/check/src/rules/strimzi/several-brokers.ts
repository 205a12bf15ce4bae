import type { ValueMap } from '@millrace/kustomize';

import { integerSetting, settingsAt } from './settings.js';

const COPIES = ['default.replication.factor', 'min.insync.replicas', 'offsets.topic.replication.factor', 'transaction.state.log.replication.factor'];

/**
 * The setting of a Kafka that shows that it has several brokers, and so is no toy: more than one copy of anything needs more than one
 * broker, and the operator refuses it otherwise. Undefined where nothing shows it.
 */
export function signOfSeveralBrokers(kafka: ValueMap): { readonly key: string; readonly copies: number } | undefined {
  const settings = settingsAt(kafka, 'spec', 'kafka', 'config');
  for (const key of COPIES) {
    const copies = integerSetting(settings, key) ?? 1;
    if (copies > 1) return { key, copies };
  }
  return undefined;
}
