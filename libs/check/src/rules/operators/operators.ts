import { fieldAt, isList, listAt, textAt } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { isPlaceholder } from '../../placeholder.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { chartNameOf, destinationNamespace, sourcesOf } from '../argocd/applications.js';
import { chartValues, type ChartValues } from './chart-values.js';

/** Where an operator looks after its resources; undefined where it cannot be read. */
export type Watched = 'everywhere' | ReadonlySet<string> | undefined;

/** An operator that a run installs: by its chart, or as the Deployment itself. */
export interface Operator {
  readonly kind: 'strimzi' | 'flink';
  readonly from: Subject;
  readonly watched: Watched;
  /** Flink: over what it fetches the jars of session jobs; undefined where nobody says. */
  readonly schemes?: readonly string[];
  /** Flink: the files of settings that its chart is told, those of all deployments among them; undefined where not all of it can be read. */
  readonly configuration?: readonly string[] | undefined;
}

const CHARTS = new Map<string, Operator['kind']>([
  ['strimzi-kafka-operator', 'strimzi'],
  ['flink-kubernetes-operator', 'flink'],
]);
/** The chart's names for the operator's configuration, the newer one first: where both are told, the other is what the operator reads. */
const FILES = ['config.yaml', 'flink-conf.yaml'];
const SCHEMES = 'kubernetes.operator.user.artifacts.allowed-schemes';

/** The operators of Kafka and of Flink that a run installs. */
export const operatorsOf: (universe: Universe) => readonly Operator[] = oncePerUniverse((universe) => [
  ...universe.of(APPLICATION).flatMap((application) => byChart(application, universe)),
  ...universe.of('apps/Deployment').flatMap(byDeployment),
]);

function byChart(application: Subject, universe: Universe): readonly Operator[] {
  return sourcesOf(application).flatMap((source): readonly Operator[] => {
    const kind = CHARTS.get(chartNameOf(source) ?? '');
    if (kind === undefined) return [];
    const values = chartValues(application, source, universe);
    const own = destinationNamespace(application);
    const list = values.at('watchNamespaces')?.value;
    const names = isList(list) ? list.flatMap((name) => (typeof name === 'string' ? [name] : [])) : [];
    const isKnown = values.isComplete && !names.some(isPlaceholder);
    if (kind === 'strimzi') {
      const everywhere = values.at('watchAnyNamespace')?.value === true;
      // The chart adds the namespace that it is installed into.
      return [
        { kind, from: application, watched: !isKnown ? undefined : everywhere ? 'everywhere' : own === undefined ? undefined : new Set([...names, own]) },
      ];
    }
    const settings = FILES.flatMap((key) => textIn(values.at('defaultConfiguration', key)?.value));
    const schemes = settings.flatMap((text) => schemesIn(text));
    return [
      {
        kind,
        from: application,
        watched: !isKnown ? undefined : names.length === 0 ? 'everywhere' : new Set(names),
        ...(schemes.length > 0 ? { schemes } : {}),
        configuration: values.isComplete && isTold(values) ? settings : undefined,
      },
    ];
  });
}

/** Strimzi's own Deployment says it in an environment variable; Flink's in a file. */
function byDeployment(deployment: Subject): readonly Operator[] {
  const containers = listAt(deployment.resource.body, 'spec', 'template', 'spec', 'containers');
  return containers.flatMap((container): readonly Operator[] => {
    const variable = listAt(container, 'env').find((one) => textAt(one, 'name') === 'STRIMZI_NAMESPACE');
    if (variable === undefined) return [];
    const value = textAt(variable, 'value');
    const own = fieldAt(variable, 'valueFrom', 'fieldRef') === undefined ? undefined : deployment.namespace;
    const names = (value ?? own ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const watched = names.length === 0 || names.some(isPlaceholder) ? undefined : names.includes('*') ? 'everywhere' : new Set(names);
    return [{ kind: 'strimzi', from: deployment, watched }];
  });
}

/** Whether the chart's files of settings are all there is: it makes them, and they are texts without anything to fill in. */
function isTold(values: ChartValues): boolean {
  if (values.at('defaultConfiguration', 'create')?.value === false) return false;
  return FILES.every((key) => {
    const value = values.at('defaultConfiguration', key)?.value;
    return value === undefined || (typeof value === 'string' && !value.includes('{{'));
  });
}

function textIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}

/** What a Flink configuration of one line a setting allows: a list by semicolons, or YAML's own. */
function schemesIn(text: string): readonly string[] {
  const line = text.split('\n').find((one) => one.trim().startsWith(`${SCHEMES}:`));
  if (line === undefined) return [];
  return (
    line
      .slice(line.indexOf(':') + 1)
      .toLowerCase()
      .match(/[a-z][a-z0-9+.-]*/g) ?? []
  );
}
