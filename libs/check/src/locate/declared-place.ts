import { posix } from 'node:path';

import type { Value } from '@millrace/kustomize';
import { generatedFrom } from '@millrace/model';

import { isMap, mapAt, type FieldPath } from '../field.js';
import type { Subject } from '../subject.js';
import type { Location } from './locator.js';
import type { YamlPositions } from './yaml-positions.js';

/** Where each kind is declared: in which map of the declared file, by its name. */
const DECLARED: Readonly<Record<string, readonly FieldPath[]>> = {
  KafkaTopic: [['topics']],
  KafkaUser: [['users']],
  FlinkDeployment: [['jobs'], ['flink', 'sessions']],
  FlinkSessionJob: [['jobs']],
  Kafka: [['kafka']],
  KafkaNodePool: [['kafka']],
  KafkaRebalance: [['kafka', 'cruiseControl']],
  PodMonitor: [['observability']],
  PrometheusRule: [['observability']],
};
/** What an environment has one of, so that its name says nothing. */
const SINGLE = new Set(['kafka', 'observability']);

/** What is known of the files of a run. */
export interface DeclaredFiles {
  /** A file's text; undefined where there is none. */
  read(file: string): string | undefined;
  /** Where the fields of a file stand. */
  positionsOf(file: string): YamlPositions;
  /** The first document of a file. */
  bodyOf(file: string): Value | undefined;
}

/**
 * The place in the declared file that a generated file was made from: of the setting itself where it is declared under its own name,
 * else of the topic, user or job. Undefined where Millrace did not make the file.
 * @param file path from the run's root; the declared file is named in its header, from the root of the Millrace repository
 */
export function declaredPlace(file: string, path: FieldPath, subject: Subject | undefined, files: DeclaredFiles): Location | undefined {
  const text = files.read(file);
  const from = text === undefined ? undefined : generatedFrom(text);
  const declared = from === undefined ? undefined : besideOf(file, from, files);
  if (declared === undefined) return undefined;
  const start = { file: declared, line: 1, column: 1 };
  if (subject === undefined) return start;
  const positions = files.positionsOf(declared);
  const body = files.bodyOf(declared);
  for (const known of DECLARED[subject.resource.kind] ?? []) {
    const owner = inFurtherKafka(file, known);
    const key = declaredName(Object.keys(mapAt(body, ...owner)), subject.resource.name);
    const base: FieldPath = SINGLE.has(String(known[0])) ? owner : key === undefined ? [] : [...owner, key];
    if (base.length === 0 || !isMap(body)) continue;
    const places = [path.slice(1), path.slice(2), path.slice(-1)].map((tail) => positions.placeOf(0, [...base, ...tail]));
    const [best] = places.sort((a, b) => b.depth - a.depth);
    if (best !== undefined && best.depth >= base.length) return { file: declared, line: best.line, column: best.column };
  }
  return start;
}

/** Where something of a further Kafka cluster is declared, whose overlay has its name: environments/prod/kafka-analytics. */
function inFurtherKafka(file: string, owner: FieldPath): FieldPath {
  const [, further] = /(?:^|\/)environments\/[^/]+\/kafka-([^/]+)\/[^/]+$/.exec(file) ?? [];
  return further !== undefined && owner[0] === 'kafka' ? ['kafkaClusters', further, ...owner.slice(1)] : owner;
}

/** The declared file, found from the folder above the generated one that has it: the root need not be the run's. */
function besideOf(file: string, from: string, files: DeclaredFiles): string | undefined {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    const path = posix.join(folder, from);
    if (files.read(path) !== undefined) return path;
    if (folder === '.' || folder === '/') return undefined;
  }
}

/** The name that something was declared by; Millrace puts a pipeline's or a team's before some, with a dash or a dot. */
function declaredName(names: readonly string[], name: string): string | undefined {
  if (names.includes(name)) return name;
  return names.filter((each) => name.endsWith(`-${each}`) || name.endsWith(`.${each}`)).sort((a, b) => b.length - a.length)[0];
}
