import { describe, expect, it } from 'vitest';

import { remove } from '../../commands/remove.js';
import { consequences } from '../consequences.js';
import { memoryFiles } from '../../files/memory.js';
import { replaced, textAt, withFiles } from '../../repository.fixture.js';
import { planCommand, planSync } from '../../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../../testing.js';

const DEV = 'environments/dev/environment.yaml';
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const example = repository(EXAMPLE);
/** What sync says of a repository in which somebody has edited declared files. */
const said = (files: Repository): readonly string[] => consequences(planSync(memoryFiles(files)));

describe('sync and every command say what would go with all that it holds', () => {
  it('R12: a Kafka that is called otherwise is another one, without the data', () => {
    expect(said(example)).toEqual([]);
    expect(said(replaced(example, DEV, 'cluster: kafka-cluster', 'cluster: events'))).toContainEqual(
      matching(/^1 Kafka would go from dev: kafka\/kafka-cluster; the volumes stay, and a Kafka of another name or namespace begins without their data;/),
    );
    expect(said(replaced(example, DEV, 'namespace: kafka\n', 'namespace: streaming\n'))).toContainEqual(
      matching(/^1 Kafka would go from dev: kafka\/kafka-cluster; the volumes stay, and a Kafka of another name or namespace begins without their data;/),
    );
  });

  it('R55: a pipeline whose folder somebody takes out of an environment', () => {
    const left = new Map([...example].filter(([path]) => !path.startsWith('environments/dev/pipelines/')));
    expect(said(left)).toContain(
      '2 Applications would go from dev with all that they hold: dev.order-processor.flink, dev.order-processor.kafka; Argo CD asks a person first',
    );
  });

  it('what the roots of an environment made that is called otherwise, for those go with the name', () => {
    const moved = new Map([...example].map(([path, text]) => [path.replace('environments/staging/', 'environments/stg/'), text]));
    const renamed = replaced(withFiles(moved, {}), 'environments/stg/environment.yaml', 'environment: staging', 'environment: stg');
    const [line] = said(replaced(renamed, 'environments/prod/environment.yaml', 'promotesFrom: staging', 'promotesFrom: stg'));
    expect(line).toMatch(/^\d+ Applications would stay in the cluster beside those of stg, over the same resources: staging\.\S+, .*--cascade=false\)$/);
  });

  it('nothing of an environment that goes as a whole: no commit removes what its roots made', () => {
    const kafka = { kind: 'kafka-cluster', name: 'main', environment: 'prod' };
    const empty = after(after(example, 'remove', kafka), 'remove', { ...kafka, finish: true });
    const outcome = planCommand(memoryFiles(empty), remove, { kind: 'environment', name: 'prod' });
    expect(outcome.changes.delete.map(({ path }) => path)).toContain('environments/prod/argocd/platform/namespaces.yaml');
    expect(consequences(outcome)).toEqual([]);
  });

  it('nothing where something is only changed, or new', () => {
    const larger = after(example, 'kafka-cluster', { name: 'kafka-cluster', environment: 'prod', storageSize: '200Gi' });
    expect(textAt(larger, 'environments/prod/environment.yaml')).toContain('200Gi');
    expect(said(replaced(example, DEV, 'size: 10Gi', 'size: 20Gi'))).toEqual([]);
    expect(said(replaced(example, 'millrace.yaml', 'streaming.git', 'other.git'))).toEqual([]);
  });
});
