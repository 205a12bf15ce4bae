import { fieldAt, scalarText } from '../../field.js';
import { TOPIC } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import { agrees, isTogether, type Universe } from '../../universe.js';
import { clusterLabelOf, topicNameOf } from './kafka-cluster.js';

const topicsByKafka = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of(TOPIC), (topic) => {
      const cluster = clusterLabelOf(topic);
      return cluster === undefined ? [] : [`${topic.scope}\n${cluster}`];
    }),
);

/** The names of the topics of each Kafka that was asked for. */
const known = oncePerUniverse(() => new Map<Subject, ReadonlySet<string> | undefined>());

/**
 * All topics of a Kafka, where this run says them: its clients cannot make any, and KafkaTopics are built with it, in one file or one
 * Kustomize root. Undefined where there may be others.
 *
 * In an environment of a Millrace repository there may always be: a pipeline can declare that others make a topic, which nothing of
 * what is deployed shows. There Millrace compares the declarations themselves.
 */
export function topicsOf(kafka: Subject, universe: Universe): ReadonlySet<string> | undefined {
  const topics = known(universe);
  if (!topics.has(kafka)) topics.set(kafka, find(kafka, universe));
  return topics.get(kafka);
}

function find(kafka: Subject, universe: Universe): ReadonlySet<string> | undefined {
  if (kafka.scope !== '') return undefined;
  if (scalarText(fieldAt(kafka.resource.body, 'spec', 'kafka', 'config', 'auto.create.topics.enable'))?.toLowerCase() !== 'false') return undefined;
  const topics = topicsByKafka(universe)
    .all(`${kafka.scope}\n${kafka.resource.name}`)
    .filter(({ namespace }) => agrees(namespace, kafka.namespace));
  // What a template names has a name that is not known yet.
  if (!topics.some(({ origin }) => isTogether(origin, kafka.origin)) || topics.some((topic) => /[${]/.test(topicNameOf(topic)))) return undefined;
  return new Set(topics.map(topicNameOf));
}

/** The declared topic that a name was perhaps meant to be: one letter more, less, or another. */
export function similarTopic(name: string, topics: ReadonlySet<string>): string | undefined {
  // A hint is not worth comparing everything with everything.
  return topics.size > 1000 ? undefined : [...topics].find((topic) => isOneEditAway(name, topic));
}

function isOneEditAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1);
}
