import { declaredKafkas, type Problem, type Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** A name of a Kafka cluster means one cluster. */
export function* kafkaNames({ environments }: Workspace): Generator<Problem> {
  for (const declared of environments.values()) {
    const ours = new Set(declaredKafkas(declared.value).map(({ name }) => name));
    for (const name of Object.keys(declared.value.externalKafka)) {
      if (ours.has(name)) {
        yield problemAt(
          declared,
          ['externalKafka', name],
          `${name} is the name of a cluster that this environment declares, and of one that others run`,
          'Give one of them another name.',
        );
      }
    }
  }
}
