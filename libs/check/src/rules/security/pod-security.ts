import type { Value } from '@millrace/kustomize';

import { fieldAt, hasField, isMap, listAt, mapAt, numberAt, textAt, textsAt, type FieldPath } from '../../field.js';
import type { Offence } from '../../rule.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { CLUSTERS } from '../flink/flink-spec.js';
import { containersIn, MAIN_CONTAINER, podPathsOf, podsOf, type Container, type PodSpec } from '../pods.js';

/** The levels of Kubernetes' Pod Security Standards that refuse anything. */
export type Level = 'baseline' | 'restricted';

/** The least that the Namespace of a resource, as this run has it, refuses; undefined where it refuses nothing or is not known. */
export function enforcedLevel(subject: Subject, universe: Universe): Level | undefined {
  if (subject.namespace === undefined) return undefined;
  const levels = universe
    .named(subject, 'Namespace', subject.namespace)
    .map(({ resource }) => textAt(resource.body, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce'));
  if (levels.length === 0) return undefined;
  if (levels.every((level) => level === 'restricted')) return 'restricted';
  return levels.every((level) => level === 'restricted' || level === 'baseline') ? 'baseline' : undefined;
}

/** Capabilities that a container may have on every node by default. */
const harmlessCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** What the level "baseline" refuses: all of it gives a pod power over its node. */
export function* baselineOffences({ path, spec }: PodSpec): Generator<Offence> {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (fieldAt(spec, field) === true) yield { path: [...path, field], message: `${field} is true` };
  }
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    if (!hasField(volume, 'hostPath')) continue;
    yield {
      path: [...path, 'volumes', index, 'hostPath'],
      message: `the volume ${textAt(volume, 'name') ?? ''} is a folder of the node, ${textAt(volume, 'hostPath', 'path') ?? ''}`,
    };
  }
  for (const { path: at, container } of containersIn(spec, path)) {
    const context = [...at, 'securityContext'];
    const name = textAt(container, 'name') ?? '';
    if (fieldAt(container, 'securityContext', 'privileged') === true)
      yield { path: [...context, 'privileged'], message: `the container ${name} is privileged` };
    const added = textsAt(container, 'securityContext', 'capabilities', 'add').filter((capability) => !harmlessCapabilities.has(capability));
    if (added.length > 0) yield { path: [...context, 'capabilities', 'add'], message: `the container ${name} adds ${added.join(', ')}` };
    for (const [index, port] of listAt(container, 'ports').entries()) {
      const hostPort = numberAt(port, 'hostPort') ?? 0;
      if (hostPort !== 0) yield { path: [...at, 'ports', index, 'hostPort'], message: `the container ${name} takes port ${hostPort} of the node` };
    }
  }
}

/** A pod as the API server gets it: what its containers do not say, the pod says for them. */
interface WholePod {
  /** What it is for, where a resource has several. */
  readonly what: string;
  /** Where settings for the whole pod would be written. */
  readonly path: FieldPath;
  readonly context: Value;
  readonly containers: readonly Container[];
}

/** What the level "restricted" asks for and a pod does not say. One offence a container, or one for the pod. */
export function* restrictedOffences(subject: Subject): Generator<Offence> {
  for (const pod of wholePods(subject)) {
    const { context } = pod;
    for (const { path, container } of pod.containers) {
      const own = fieldAt(container, 'securityContext');
      const missing = [
        ...(fieldAt(own, 'allowPrivilegeEscalation') === false ? [] : ['allowPrivilegeEscalation: false']),
        ...(textsAt(own, 'capabilities', 'drop').includes('ALL') ? [] : ['capabilities: {drop: [ALL]}']),
        ...((fieldAt(own, 'runAsNonRoot') ?? fieldAt(context, 'runAsNonRoot')) === true ? [] : ['runAsNonRoot: true']),
        ...(['RuntimeDefault', 'Localhost'].includes(textAt(own, 'seccompProfile', 'type') ?? textAt(context, 'seccompProfile', 'type') ?? '')
          ? []
          : ['seccompProfile: {type: RuntimeDefault}']),
        ...((numberAt(own, 'runAsUser') ?? numberAt(context, 'runAsUser')) === 0 ? ['a runAsUser other than 0'] : []),
      ];
      if (missing.length === 0) continue;
      yield {
        path: [...path, 'securityContext'],
        message: `the container ${textAt(container, 'name') ?? ''}${pod.what} lacks ${missing.join(', ')} in its securityContext`,
      };
    }
  }
}

function* wholePods(subject: Subject): Generator<WholePod> {
  if (CLUSTERS.includes(subject.groupKind)) {
    const { body } = subject.resource;
    const [common, jobManager, taskManager] = podPathsOf(subject.groupKind).map((path): PodSpec => ({ path, spec: mapAt(body, ...path) }));
    if (common === undefined || jobManager === undefined || taskManager === undefined) return;
    // Where neither has a template of its own, both pods are the same one.
    const own = [jobManager, taskManager].filter(({ spec }) => Object.keys(spec).length > 0);
    if (own.length < 2) yield flinkPod(common, undefined);
    for (const template of own) yield flinkPod(common, template);
    return;
  }
  for (const { path, spec } of podsOf(subject)) {
    if (textAt(spec, 'os', 'name') === 'windows') continue;
    yield { what: '', path, context: fieldAt(spec, 'securityContext') ?? null, containers: [...containersIn(spec, path)] };
  }
}

/** The pod that Flink makes of the common template and one role's own: the main container is there even where neither has it. */
function flinkPod(common: PodSpec, own: PodSpec | undefined): WholePod {
  const templates = own === undefined ? [common] : [common, own];
  const containers = templates.flatMap(({ spec, path }) => [...containersIn(spec, path)]);
  const mains = containers.filter(({ container }) => textAt(container, 'name') === MAIN_CONTAINER);
  const main: Container = {
    path: mains[0]?.path ?? common.path,
    container: { name: MAIN_CONTAINER, securityContext: merged(...mains.map(({ container }) => fieldAt(container, 'securityContext'))) },
  };
  return {
    what: own === undefined ? '' : ` of the ${own.path.includes('jobManager') ? 'JobManager' : 'TaskManager'}`,
    path: common.path,
    context: merged(...templates.map(({ spec }) => fieldAt(spec, 'securityContext'))),
    containers: [main, ...containers.filter(({ container }) => textAt(container, 'name') !== MAIN_CONTAINER)],
  };
}

function merged(...values: readonly (Value | undefined)[]): Value {
  return Object.fromEntries(values.flatMap((value) => (isMap(value) ? Object.entries(value) : [])));
}
