import type { ValueMap } from '@millrace/kustomize';

import { fieldAt, isList, isMap, listAt, type FieldPath } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { Offence, ResourceRule } from '../../rule.js';
import { listenersOf, type Listener } from './listeners.js';

const HOSTS = ['route', 'ingress', 'tlsroute'];
const NODE_PORTS = ['nodeport', 'loadbalancer'];
const ALL_BUT_INTERNAL = ['cluster-ip', ...HOSTS, ...NODE_PORTS];

/** Options of a listener's configuration, and the types of listener that have them. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  useServiceDnsDomain: ['internal', 'cluster-ip'],
  ipFamilyPolicy: ALL_BUT_INTERNAL,
  ipFamilies: ALL_BUT_INTERNAL,
  class: ['ingress', 'loadbalancer'],
  preferredNodePortAddressType: ['nodeport'],
  publishNotReadyAddresses: ALL_BUT_INTERNAL,
  externalTrafficPolicy: NODE_PORTS,
  loadBalancerSourceRanges: ['loadbalancer'],
  allocateLoadBalancerNodePorts: ['loadbalancer'],
  finalizers: ['loadbalancer'],
  hostTemplate: HOSTS,
  perBrokerLabelsTemplate: ALL_BUT_INTERNAL,
  perBrokerAnnotationsTemplate: ALL_BUT_INTERNAL,
  parentRefs: ['tlsroute'],
};

/** The same for one service: bootstrap, or one of the brokers. */
const SERVICE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  host: HOSTS,
  loadBalancerIP: ['loadbalancer'],
  nodePort: NODE_PORTS,
  externalIPs: ['nodeport'],
  labels: ALL_BUT_INTERNAL,
  annotations: ALL_BUT_INTERNAL,
};

const TYPES = ['internal', ...ALL_BUT_INTERNAL];

export const listenerConfiguration: ResourceRule = {
  id: 'strimzi/listener-configuration',
  severity: 'error',
  title: 'A listener is configured with options that its type has',
  source: 'R13; strimzi-kafka-operator, ListenersValidator.java',
  consequence: 'The operator refuses the Kafka: "Listener configuration is not valid".',
  fix: 'Delete the option, or change the type of the listener.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const listener of listenersOf(resource.body)) {
      if (listener.type === undefined || !TYPES.includes(listener.type)) continue;
      const { body, path, type, label } = listener;
      yield* misplaced(listener, OPTIONS, 'configuration');
      // Only its being off is an option of load balancers.
      if (type !== 'loadbalancer' && fieldAt(body, 'configuration', 'createBootstrapService') === false) {
        yield {
          path: [...path, 'configuration', 'createBootstrapService'],
          message: `${label} is of type ${type}, which cannot do without its bootstrap service`,
        };
      }
      yield* misplaced(listener, SERVICE_OPTIONS, 'configuration', 'bootstrap');
      for (const index of listAt(body, 'configuration', 'brokers').keys()) yield* misplaced(listener, SERVICE_OPTIONS, 'configuration', 'brokers', index);
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - name: external
        port: 9094
        type: loadbalancer
        tls: true
        authentication: {type: tls}
        configuration: {loadBalancerSourceRanges: [10.0.0.0/8], bootstrap: {annotations: {team: data}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - name: tls
        port: 9093
        type: internal
        tls: true
        authentication: {type: tls}
        configuration: {bootstrap: {nodePort: 32094}}
`,
};

function* misplaced({ body, path, type, label }: Listener, options: Readonly<Record<string, readonly string[]>>, ...at: FieldPath): Iterable<Offence> {
  const block = fieldAt(body, ...at);
  if (!isMap(block) || type === undefined) return;
  for (const [option, types] of Object.entries(options)) {
    if (types.includes(type) || isAbsent(block, option)) continue;
    yield {
      path: [...path, ...at, option],
      message: `${label} is of type ${type}, which has no ${option}; ${types.join(', ')} ${types.length === 1 ? 'has' : 'have'} it`,
    };
  }
}

function isAbsent(block: ValueMap, option: string): boolean {
  const value = fieldAt(block, option);
  return value === undefined || value === null || (isList(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0);
}
