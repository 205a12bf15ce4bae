import { flinkVersionsOf, platform, type FlinkVersion, type PlatformName } from '@millrace/model';

/** The session cluster of a team, as environment.yaml has it. */
export function sessionEdits(team: string, flinkVersion: FlinkVersion) {
  return [
    { kind: 'set' as const, path: ['flink', 'sessions', `${team}-session`], value: { team, flinkVersion, slots: 4, taskManager: { memory: '4096m', cpu: 1 } } },
  ];
}

/** What is made for a set runs its newest Flink. */
export function newestFlink(name: PlatformName): FlinkVersion {
  return flinkVersionsOf(platform(name)).at(-1) ?? 'v2_2';
}
