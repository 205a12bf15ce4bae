import { listAt, mapAt, scalarText, textAt, type FieldPath } from '../../field.js';
import { CONFIG_MAP } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Offence, ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { namespaceKeys, type Universe } from '../../universe.js';
import { CLUSTERS, flinkSpecOf, JOBS } from '../flink/flink-spec.js';
import { configReferences } from '../references/pods.js';
import { containersOf } from '../pods.js';

const NAME = /(?:^|[.\-_])sasl\.(?:username|password)$/;
/** The properties at the start of a line, bare or behind a prefix such as `kafka.` or `properties.`. */
const LINE = /^[ \t]*["']?(?:[\w-]+\.)*(sasl\.(?:username|password))["']?[ \t]*[=:]/gm;
/** As part of an argument: `--sasl.password`, `--kafka.sasl.username=orders`. */
const ARGUMENT = /(?:^|[\s.-])(sasl\.(?:username|password))(?:$|[\s=:])/;
/** What only a Java client reads, and what only librdkafka reads, to which sasl.username and sasl.password do belong. */
const JAVA = /sasl\.jaas\.config|org\.apache\.kafka|(?:key|value)\.(?:de)?serializer|ssl\.(?:trust|key)store/;
const LIBRDKAFKA = /sasl\.mechanisms\b|ssl\.(?:ca|certificate|key)\.(?:location|pem)|librdkafka|enable\.ssl\.certificate/;

export const saslProperties: ReferenceRule = {
  id: 'security/sasl-properties',
  severity: 'error',
  title: 'A Java client gets its user and password by sasl.jaas.config',
  source: 'R71; Apache Kafka, SaslConfigs.java (no sasl.username, no sasl.password: these are properties of librdkafka)',
  consequence: 'The client ignores both with a line in its log, has no credentials, and cannot log in.',
  fix: 'Use sasl.mechanism=SCRAM-SHA-512 and the "sasl.jaas.config" of the Secret that Strimzi makes for the user, as an environment variable or a file.',
  reach: 'references',
  on: [...JOBS, CONFIG_MAP],
  *check(subject, universe) {
    if (subject.groupKind === CONFIG_MAP) yield* ofConfigMap(subject, universe);
    else yield* ofFlink(subject);
  },
  passes: `
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-client}
data:
  client.properties: |
    security.protocol=SASL_SSL
    sasl.mechanism=SCRAM-SHA-512
    ssl.truststore.type=PEM
`,
  fails: `
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-client}
data:
  client.properties: |
    security.protocol=SASL_SSL
    sasl.mechanism=SCRAM-SHA-512
    sasl.username=orders
    sasl.password=not-so-secret
`,
};

function* ofFlink(subject: Subject): Generator<Offence> {
  const flink = flinkSpecOf(subject);
  if (flink === undefined) return;
  for (const { key, path } of flink.settings.all) if (NAME.test(key)) yield unknownProperties([key], path);
  for (const [index, argument] of listAt(flink.job, 'args').entries()) {
    const property = ARGUMENT.exec(scalarText(argument) ?? '')?.[1];
    if (property !== undefined) yield unknownProperties([property], [...flink.at, 'job', 'args', index]);
  }
  for (const { path, container } of containersOf(subject)) {
    for (const [index, variable] of listAt(container, 'env').entries()) {
      const at = [...path, 'env', index];
      const name = textAt(variable, 'name') ?? '';
      const inside = linesOf(textAt(variable, 'value') ?? '');
      if (NAME.test(name)) yield unknownProperties([name], [...at, 'name']);
      else if (inside.length > 0) yield unknownProperties(inside, [...at, 'value']);
    }
  }
}

function* ofConfigMap(subject: Subject, universe: Universe): Generator<Offence> {
  const data = mapAt(subject.resource.body, 'data');
  const texts = Object.entries(data).flatMap(([entry, value]) => (typeof value === 'string' ? [[entry, value] as const] : []));
  const all = texts.map(([entry, text]) => `${entry}=${text}`).join('\n');
  if (!all.includes('sasl.username') && !all.includes('sasl.password')) return;
  if (LIBRDKAFKA.test(all)) return;
  const isJava = JAVA.test(all) || isReadByFlink(subject, universe);
  for (const [entry, text] of texts) {
    // Properties of their own, one an entry.
    if (NAME.test(entry) && isJava) yield unknownProperties([entry], ['data', entry]);
    const lines = linesOf(text);
    if (lines.length > 0 && (isJava || entry.endsWith('.properties'))) yield unknownProperties(lines, ['data', entry]);
  }
}

function linesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(LINE)].flatMap(([, property]) => property ?? []))];
}

function isReadByFlink(subject: Subject, universe: Universe): boolean {
  const keys = namespaceKeys.looked(subject.namespace).map((key) => [subject.scope, subject.resource.name, key].join('\n'));
  return byConfigMap(universe).first(keys) !== undefined;
}

/** Flink clusters by the ConfigMaps that their pods read. */
const byConfigMap = oncePerUniverse(
  (universe) =>
    new OrderedIndex(
      CLUSTERS.flatMap((kind) => universe.of(kind)),
      (deployment) => {
        const names = new Set([...configReferences(deployment)].flatMap(({ kind, name }) => (kind === 'ConfigMap' ? [name] : [])));
        return [...names].flatMap((name) => namespaceKeys.filed(deployment.namespace).map((key) => [deployment.scope, name, key].join('\n')));
      },
    ),
);

function unknownProperties(properties: readonly string[], path: FieldPath): Offence {
  return { path, message: `no Java client of Kafka knows ${properties.join(' and ')}` };
}
