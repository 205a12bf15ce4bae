import { isMap, mapAt, textAt } from '../../field.js';
import { CONFIG_MAP } from '../../kinds.js';
import type { Offence } from '../../rule.js';
import { readYaml } from '../../sources/read-yaml.js';
import type { Subject } from '../../subject.js';
import { agrees, type Universe } from '../../universe.js';
import { operatorsOf } from '../operators/operators.js';
import { flinkSpecOf, type FlinkSpec } from './flink-spec.js';
import { isAtLeast, versionOf, type FlinkVersion } from './flink-version.js';
import { flattened, Settings, type Setting } from './settings.js';

const PREFIX = 'kubernetes.operator.default-configuration.';
const WATCHED = 'kubernetes.operator.watched.namespaces';
/** The ConfigMap that the operator's chart makes, where what it renders is what the run has. */
const RENDERED = 'flink-operator-config';

export type Pairs = readonly (readonly [key: string, text: string])[];

/**
 * What a resource's spec comes to under each operator of the run that may be its own: the operator's settings, then those of the spec.
 * The operator validates and deploys no less (DefaultValidator.java, FlinkConfigManager.getDefaultConfig).
 * @returns the spec as it stands where the run has no such operator; none at all where what an operator is told cannot be read in full
 */
export function specsWithDefaults(subject: Subject, universe: Universe): readonly FlinkSpec[] {
  const flink = flinkSpecOf(subject);
  if (flink === undefined) return [];
  const operators = defaultsFor(subject, universe);
  if (operators.length === 0) return [flink];
  const known = operators.filter((pairs) => pairs !== undefined);
  return known.length < operators.length ? [] : known.map((pairs) => withDefaults(flink, pairs, subject.namespace));
}

/** What is wrong with a spec under its operator's defaults: where it can be one of several operators, what is wrong under each. */
export function* underDefaults(subject: Subject, universe: Universe, find: (flink: FlinkSpec) => Iterable<Offence>): Generator<Offence> {
  const [first, ...others] = specsWithDefaults(subject, universe).map((flink) => ({ flink, offences: [...find(flink)] }));
  for (const offence of first?.offences ?? []) {
    if (!others.every(({ offences }) => offences.some(({ path }) => path.join('\n') === offence.path.join('\n')))) continue;
    const setting = first?.flink.settings.all.find(({ path }) => path === offence.path);
    yield setting?.isDefault === true ? { ...offence, message: `${offence.message} (${setting.key} comes from the operator's own configuration)` } : offence;
  }
}

function withDefaults(flink: FlinkSpec, pairs: Pairs, namespace: string | undefined): FlinkSpec {
  const defaults = [...common(pairs), ...ofNamespace(pairs, namespace), ...ofVersion(pairs, flink.version)].map(([key, text]): Setting => ({
    key,
    text,
    path: [...flink.at, 'flinkConfiguration', key],
    isDefault: true,
  }));
  return { ...flink, settings: new Settings([...defaults, ...flink.settings.all]) };
}

function common(pairs: Pairs): Pairs {
  return pairs.filter(([key]) => !key.startsWith(PREFIX));
}

function ofNamespace(pairs: Pairs, namespace: string | undefined): Pairs {
  return namespace === undefined ? [] : under(pairs, `${PREFIX}namespace.${namespace}.`);
}

/** Settings for a version, and those for it and all that are newer (`v1_20+`), of which the newest wins. */
function ofVersion(pairs: Pairs, version: FlinkVersion | undefined): Pairs {
  if (version === undefined) return [];
  const names = new Set(pairs.flatMap(([key]) => /^kubernetes\.operator\.default-configuration\.flink-version\.(v\d+_\d+)\+\./.exec(key)?.[1] ?? []));
  const older = [...names]
    .flatMap((name) => versionOf(name) ?? [])
    .filter(({ major, minor }) => isAtLeast(version, major, minor))
    .sort((one, other) => one.major - other.major || one.minor - other.minor);
  return [...older.map((each) => `${nameOf(each)}+`), nameOf(version)].flatMap((name) => under(pairs, `${PREFIX}flink-version.${name}.`));
}

function nameOf({ major, minor }: FlinkVersion): string {
  return `v${major}_${minor}`;
}

function under(pairs: Pairs, prefix: string): Pairs {
  return pairs.flatMap(([key, text]): Pairs => (key.startsWith(prefix) ? [[key.slice(prefix.length), text]] : []));
}

/** What each operator of the run that may look after a resource is told; undefined for one of which not everything can be read. */
function defaultsFor(subject: Subject, universe: Universe): readonly (Pairs | undefined)[] {
  const { namespace, scope } = subject;
  const charts = operatorsOf(universe).filter(
    ({ kind, from, watched }) =>
      kind === 'flink' && from.scope === scope && (watched === undefined || watched === 'everywhere' || namespace === undefined || watched.has(namespace)),
  );
  const rendered = universe.called(subject, CONFIG_MAP, RENDERED).map(({ resource }) => {
    const data = mapAt(resource.body, 'data');
    return configuredPairs([textAt(data, 'config.yaml') ?? '', textAt(data, 'flink-conf.yaml') ?? '']);
  });
  return [
    ...charts.map(({ configuration }) => (configuration === undefined ? undefined : configuredPairs(configuration))),
    ...rendered.filter((pairs) => {
      const watched = (pairs.find(([key]) => key === WATCHED)?.[1] ?? '').split(',').filter((name) => name.trim() !== '');
      return watched.length === 0 || watched.some((name) => agrees(name.trim(), namespace));
    }),
  ];
}

/** The settings of configuration files: YAML of whatever depth, or the lines that Flink 1 read, which need not be YAML. */
export function configuredPairs(texts: readonly string[]): Pairs {
  return texts.flatMap((text): Pairs => {
    const reading = readYaml(text);
    const [document] = reading.kind === 'read' ? reading.documents : [];
    if (isMap(document)) return [...flattened(document)].map(({ key, text: value }) => [key, value]);
    return text.split('\n').flatMap((line): Pairs => {
      const [setting = ''] = line.split('#', 1);
      const colon = setting.indexOf(': ');
      return colon < 0 ? [] : [[setting.slice(0, colon).trim(), setting.slice(colon + 1).trim()]];
    });
  });
}
