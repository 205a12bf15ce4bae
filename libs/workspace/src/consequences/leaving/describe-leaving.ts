import { someOf } from '../../some-of.js';
import type { Leaving } from './leaving.js';

const WORDS = {
  Kafka: (count: number, environment: string, names: string) =>
    `${counted(count, 'Kafka')} would go from ${environment}: ${names}; the volumes stay, and a Kafka of another name or namespace begins without their data; Argo CD asks a person first`,
  Application: (count: number, environment: string, names: string) =>
    `${counted(count, 'Application')} would go from ${environment} with all that ${count === 1 ? 'it holds' : 'they hold'}: ${names}; Argo CD asks a person first`,
  'left behind': (count: number, environment: string, names: string) =>
    `${counted(count, 'Application')} would stay in the cluster beside those of ${environment}, over the same resources: ${names}; delete the roots that made them first, then each of them, without what it holds (argocd app delete <Application> --cascade=false)`,
} as const satisfies Readonly<Record<Leaving['kind'], unknown>>;

/** A line an environment and kind, in words: `1 Kafka would go from prod: kafka/kafka-cluster; …`. */
export function describeLeaving(leaving: readonly Leaving[]): readonly string[] {
  return (['Kafka', 'Application', 'left behind'] as const).flatMap((kind) => {
    const all = leaving.filter((one) => one.kind === kind);
    return [...new Set(all.map(({ environment }) => environment))].map((environment) => {
      const names = all.filter((one) => one.environment === environment).map(({ name }) => name);
      return WORDS[kind](names.length, environment, someOf(names));
    });
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
