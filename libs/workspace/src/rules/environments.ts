import { declaredKafkas, environmentFile, kafkaPath, sharedCluster, type Declared, type Environment, type Problem, type Workspace } from '@millrace/model';
import { teamNamespace } from '@millrace/manifests';

import { problemAt } from './rule.js';

/** Promotion is a tree with one root: everybody promotes from somebody who exists, and nobody in a circle. */
export function* promotionTree({ environments }: Workspace): Generator<Problem> {
  const roots: Declared<Environment>[] = [];
  for (const [name, declared] of environments) {
    const { promotesFrom } = declared.value;
    if (promotesFrom === undefined) roots.push(declared);
    else if (!environments.has(promotesFrom)) {
      yield problemAt(
        declared,
        ['promotesFrom'],
        `there is no environment ${promotesFrom}`,
        `Write one of ${[...environments.keys()].filter((other) => other !== name).join(', ') || '(none yet)'}, or make it: millrace environment ${promotesFrom}`,
      );
    } else if (isInCycle(environments, name)) {
      yield problemAt(
        declared,
        ['promotesFrom'],
        `${name} promotes from itself: ${cycleOf(environments, name).join(' from ')}`,
        'Break the circle: the first environment has no promotesFrom.',
      );
    }
  }
  for (const extra of roots.slice(1)) {
    yield problemAt(
      extra,
      ['environment'],
      `${extra.value.environment} promotes from nobody, and so does ${roots[0]?.value.environment ?? ''}`,
      'One environment is the first; give the other a promotesFrom.',
    );
  }
}

function cycleOf(environments: Workspace['environments'], start: string): readonly string[] {
  const seen = [start];
  for (let next = environments.get(start)?.value.promotesFrom; next !== undefined; next = environments.get(next)?.value.promotesFrom) {
    if (seen.includes(next)) return [...seen, next];
    seen.push(next);
  }
  return [];
}

function isInCycle(environments: Workspace['environments'], start: string): boolean {
  return cycleOf(environments, start).at(-1) === start;
}

/** Environments that share a cluster differ in every namespace, and one of them manages the operators. */
export function* sharedClusters(workspace: Workspace): Generator<Problem> {
  const all = [...workspace.environments.values()];
  for (const [index, declared] of all.entries()) {
    for (const other of all.slice(0, index)) {
      const cluster = sharedCluster(workspace, declared.value, other.value);
      if (cluster === undefined) continue;
      const taken = new Map(namespacesOf(workspace, other.value));
      for (const [namespace, path] of namespacesOf(workspace, declared.value)) {
        if (!taken.has(namespace)) continue;
        yield problemAt(
          declared,
          path,
          `${declared.value.environment} and ${other.value.environment} share the cluster ${cluster} and the namespace ${namespace}`,
          `Give one of them another namespace in ${environmentFile(declared.value.environment)} (kafka.namespace, flink.namespaces), or another cluster.`,
        );
      }
      if (declared.value.cluster.operators === 'managed' && other.value.cluster.operators === 'managed') {
        yield problemAt(
          declared,
          ['cluster', 'operators'],
          `${declared.value.environment} and ${other.value.environment} both manage the operators of ${cluster}`,
          'Write operators: provided in one of them.',
        );
      }
    }
  }
}

/** A hub is an environment; and owners are named where a forge would read them. */
export function* repositorySettings({ millrace, environments }: Workspace): Generator<Problem> {
  const { argocd, repository, owners, teams } = millrace.value;
  if (argocd.hub !== undefined && !environments.has(argocd.hub)) {
    yield problemAt(
      millrace,
      ['argocd', 'hub'],
      `there is no environment ${argocd.hub}`,
      `Write one of ${[...environments.keys()].join(', ') || '(none yet)'}: the one in whose cluster Argo CD runs.`,
    );
  }
  const named =
    owners.length > 0 || Object.values(teams).some((team) => team.owners.length > 0) || [...environments.values()].some(({ value }) => value.owners.length > 0);
  if (repository.path !== undefined && named) {
    yield problemAt(
      millrace,
      ['repository', 'path'],
      `owners are named, and forges read CODEOWNERS at the root of the git repository only, outside of ${repository.path}`,
      'Remove the owners here, and write that file by hand.',
    );
  }
}

function namespacesOf(workspace: Workspace, environment: Environment): readonly [string, readonly string[]][] {
  const teams = Object.keys(workspace.millrace.value.teams);
  return [
    ...declaredKafkas(environment).map(({ name, kafka }): [string, readonly string[]] => [kafka.namespace, [...kafkaPath(name), 'namespace']]),
    ...teams.flatMap((team): readonly [string, readonly string[]][] => {
      const namespace = teamNamespace(workspace, environment, team);
      return namespace === undefined ? [] : [[namespace, team in environment.flink.namespaces ? ['flink', 'namespaces', team] : ['flink']]];
    }),
  ];
}

/** A name of a Kafka cluster means one cluster. */
export function* kafkaNames({ environments }: Workspace): Generator<Problem> {
  for (const declared of environments.values()) {
    const ours = new Set(declaredKafkas(declared.value).map(({ name }) => name));
    for (const name of Object.keys(declared.value.externalKafka)) {
      if (ours.has(name)) {
        yield problemAt(
          declared,
          ['externalKafka', name],
          `${name} is the name of a cluster that this environment declares, and of one that others run`,
          'Give one of them another name.',
        );
      }
    }
    const { schemaRegistry, kafka } = declared.value;
    if (schemaRegistry?.credentials !== undefined && 'secret' in schemaRegistry.credentials && kafka === undefined) {
      yield problemAt(
        declared,
        ['schemaRegistry', 'credentials', 'secret'],
        "the Secret of the schema registry is looked for in the main Kafka's namespace, and there is no kafka here",
        'Name an entry of a secret store: credentials: {secretStore: {name: <store>}, path: <path>}.',
      );
    }
  }
}

/** No environment's state lies within another's (R86). */
export function* separateStorage({ environments }: Workspace): Generator<Problem> {
  const all = [...environments.values()];
  for (const [index, declared] of all.entries()) {
    const { storage } = declared.value.flink;
    const other = all
      .slice(0, index)
      .find(({ value }) => `${storage}/`.startsWith(`${value.flink.storage}/`) || `${value.flink.storage}/`.startsWith(`${storage}/`));
    if (other === undefined) continue;
    yield problemAt(
      declared,
      ['flink', 'storage'],
      `${declared.value.environment} keeps its state in ${storage}, ${other.value.environment} in ${other.value.flink.storage}: one lies within the other`,
      "Give each environment a prefix of its own; a job that restores the other one's state reads from the wrong offsets.",
    );
  }
}

/** What one environment says of itself must fit together. */
export function* environmentSettings(workspace: Workspace): Generator<Problem> {
  for (const declared of workspace.environments.values()) {
    const { environment, flink } = declared.value;
    const teams = workspace.millrace.value.teams;
    for (const team of Object.keys(flink.namespaces)) {
      if (!(team in teams))
        yield problemAt(declared, ['flink', 'namespaces', team], `there is no team ${team}`, `Add it: millrace team ${team} --namespace <namespace>`);
    }
    const tenants = new Map<string, string>();
    for (const team of Object.keys(teams)) {
      const namespace = teamNamespace(workspace, declared.value, team);
      const other = namespace === undefined ? undefined : tenants.get(namespace);
      if (other !== undefined) {
        yield problemAt(
          declared,
          ['flink', 'namespaces'],
          `the teams ${other} and ${team} share the namespace ${namespace ?? ''} in ${environment}: each could read the other's passwords`,
          'Give one of them another namespace in millrace.yaml, or here under flink.namespaces.',
        );
      }
      if (namespace !== undefined) tenants.set(namespace, team);
    }
    for (const [session, { team }] of Object.entries(flink.sessions)) {
      if (!(team in teams))
        yield problemAt(declared, ['flink', 'sessions', session, 'team'], `there is no team ${team}`, `Add it: millrace team ${team} --namespace <namespace>`);
      if (flink.mode === 'application')
        yield problemAt(
          declared,
          ['flink', 'sessions'],
          `${environment} runs applications, and has session clusters`,
          'Remove sessions, or write mode: session.',
        );
    }
  }
}
