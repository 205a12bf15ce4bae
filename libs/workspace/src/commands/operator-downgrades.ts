import { environmentFile, operatorNames, platform, platformNames, type Environment, type PlatformName, type Problem } from '@millrace/model';

/** What to know of a move to an older set: which operators of the environment go back with it, and what does not. */
export function operatorDowngrades(environment: Environment, to: PlatformName): readonly Problem[] {
  const from = environment.platform;
  if (platformNames.indexOf(to) >= platformNames.indexOf(from)) return [];
  const [now, then] = [platform(from).operators, platform(to).operators];
  const back = operatorNames.filter(
    (name) => environment.cluster.operators === 'managed' && environment.operators[name].managed && now[name].version !== then[name].version,
  );
  if (back.length === 0) return [];
  return [
    {
      file: environmentFile(environment.environment),
      message: `this is a downgrade: ${back.map((name) => `${name} goes from ${now[name].version} back to ${then[name].version}`).join(', ')}, each with its definitions`,
      remedy:
        'Kafka, its metadata and what the newer operators have written into the cluster do not go back. Read what their projects say of downgrades before you commit it.',
    },
  ];
}
