import type { Kafka, KafkaListener, Problem } from '@millrace/model';

import type { KafkaProblem } from './kafka.js';

/** Ports of Kafka's pods that are taken: the listener of the jobs, the metrics, JMX, and Strimzi's own two (R13; ListenersValidator.java, KafkaCluster.java). */
const TAKEN: Readonly<Record<number, string>> = {
  9090: "the controllers'",
  9091: "Strimzi's own, between the brokers",
  9093: "the listener tls, which is the jobs'",
  9404: 'of the metrics',
  9999: 'of JMX',
};

/** What Strimzi refuses of a listener, or takes and does not do (R13; strimzi-kafka-operator, ListenersValidator.java). */
export function* kafkaListeners({ listeners }: Kafka, problem: KafkaProblem): Generator<Problem> {
  const ports = new Map<number, string>();
  for (const [name, listener] of Object.entries(listeners)) {
    const at: KafkaProblem = (path, message, remedy) => problem(['listeners', name, ...path], message, remedy);
    const { port } = listener;
    const owner = TAKEN[port] ?? (ports.has(port) ? `of the listener ${ports.get(port) ?? ''}` : undefined);
    if (owner !== undefined) yield at(['port'], `the port ${port} is ${owner}`, 'Choose another from 9092 on, for example 9094.');
    ports.set(port, name);
    yield* hosts(listener, at);
    yield* reach(listener, at);
  }
}

const NODE = '{nodeId}';

function* hosts({ type, bootstrapHost, brokerHost, gateway }: KafkaListener, at: KafkaProblem): Generator<Problem> {
  const routed = type === 'tlsroute' || type === 'route';
  if (routed && bootstrapHost === undefined)
    yield at(['type'], `a ${type} is made for a host name, and bootstrapHost is missing`, 'Write bootstrapHost: kafka.acme.example');
  if (routed && brokerHost === undefined)
    yield at(
      ['type'],
      `a ${type} is made for the host name of each broker, and brokerHost is missing`,
      `Write brokerHost: "broker-${NODE}.kafka.acme.example"`,
    );
  if (type === 'tlsroute' && gateway === undefined)
    yield at(['type'], 'a tlsroute attaches to a Gateway, and gateway is missing', 'Write gateway: {name: …, namespace: …}');
  if (type !== 'tlsroute' && gateway !== undefined)
    yield at(['gateway'], `a listener of type ${type} attaches to no Gateway`, 'Remove gateway, or write type: tlsroute.');
  if (bootstrapHost !== undefined && /[{}]/.test(bootstrapHost))
    yield at(['bootstrapHost'], `${bootstrapHost} has a placeholder, and there is one bootstrap service`, 'Write the host name as it is.');
  if (brokerHost !== undefined && !brokerHost.includes(NODE))
    yield at(['brokerHost'], `every broker would be called ${brokerHost}`, `Write ${NODE} where the broker's number stands: "broker-${NODE}.${brokerHost}"`);
  else if (brokerHost !== undefined && /[{}]/.test(brokerHost.replaceAll(NODE, '')))
    yield at(['brokerHost'], `${brokerHost} has a placeholder that is not ${NODE}`, `${NODE} is the only one.`);
}

function* reach({ type, annotations, networkPolicyPeers }: KafkaListener, at: KafkaProblem): Generator<Problem> {
  if (type === 'internal' && Object.keys(annotations).length > 0)
    yield at(['annotations'], 'Strimzi refuses annotations on a listener of type internal', 'Remove them, or write type: cluster-ip.');
  if ((type === 'loadbalancer' || type === 'nodeport') && networkPolicyPeers !== undefined) {
    yield at(
      ['networkPolicyPeers'],
      `clients of a ${type} come from outside the cluster, where no peer is: none could connect`,
      'Remove networkPolicyPeers; who may reach it from outside is for the firewall or the load balancer (annotations).',
    );
  }
}
