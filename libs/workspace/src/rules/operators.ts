import { isDeepStrictEqual } from 'node:util';

import { placed, runningJobs, teamNamespaces } from '@millrace/manifests';
import {
  declaredKafkas,
  environmentFile,
  inSameCluster,
  managedOperator,
  operatorNames,
  operatorsKeeper,
  operatorsSchema,
  platformNames,
  type Environment,
  type Problem,
  type Workspace,
} from '@millrace/model';

import { problemAt } from './rule.js';

/** Each operator that an environment keeps has a namespace of its own: one that is deleted takes all that is in it along. */
export function* operatorNamespaces(workspace: Workspace): Generator<Problem> {
  for (const declared of workspace.environments.values()) {
    const environment = declared.value;
    if (environment.cluster.operators === 'provided') continue;
    const taken = new Map(whoseNamespaces(workspace, environment));
    for (const name of operatorNames) {
      const { managed, namespace } = environment.operators[name];
      if (!managed) continue;
      const other = taken.get(namespace);
      if (other !== undefined) {
        yield problemAt(
          declared,
          ['operators', name, 'namespace'],
          `${name} would be in the namespace ${namespace}, which is ${other}`,
          `Give it one of its own: millrace operator ${name} --environment ${environment.environment} --namespace <namespace>`,
        );
      }
      taken.set(namespace, `that of ${name}`);
    }
  }
}

/**
 * What an environment says of operators that it does not keep would reach none of them. Where no environment of the cluster keeps
 * any, it says where the Flink operator is: network policies let that in.
 */
export function* operatorsOfOthers(workspace: Workspace): Generator<Problem> {
  const asMade = operatorsSchema.parse({});
  for (const declared of workspace.environments.values()) {
    const environment = declared.value;
    const keeper = operatorsKeeper(workspace, environment);
    const { flink } = environment.operators;
    const sayable = keeper === undefined ? { ...asMade, flink: { ...asMade.flink, namespace: flink.namespace } } : asMade;
    if (environment.cluster.operators === 'managed' || isDeepStrictEqual(environment.operators, sayable)) continue;
    yield problemAt(
      declared,
      ['operators'],
      `${environment.environment} manages no operators (cluster.operators: provided), so nothing of this reaches them`,
      keeper === undefined
        ? 'Remove it, but for operators.flink.namespace, or write cluster.operators: managed.'
        : `Say it in ${environmentFile(keeper.environment)}, which manages those of the cluster.`,
    );
  }
}

/** Namespaces in the cluster of an environment that are none of its operators', and whose they are. */
function whoseNamespaces(workspace: Workspace, environment: Environment): readonly [string, string][] {
  return [
    [workspace.millrace.value.argocd.namespace, "Argo CD's own: who may write there is its administrator"],
    ...inSameCluster(workspace, environment).flatMap((one) => [
      ...declaredKafkas(one).map(({ kafka }): [string, string] => [kafka.namespace, `that of Kafka in ${one.environment}`]),
      ...teamNamespaces(workspace, one).map((namespace): [string, string] => [namespace, `a team's in ${one.environment}`]),
    ]),
  ];
}

/** Environments of a cluster run what its operators can run: those come from the set of the environment that manages them (R1, R5). */
export function* operatorsPlatform(workspace: Workspace): Generator<Problem> {
  for (const declared of workspace.environments.values()) {
    const environment = declared.value;
    const keeper = operatorsKeeper(workspace, environment);
    if (keeper === undefined || keeper.environment === environment.environment) continue;
    if (platformNames.indexOf(environment.platform) <= platformNames.indexOf(keeper.platform)) continue;
    yield problemAt(
      declared,
      ['platform'],
      `${environment.environment} is on ${environment.platform}, and the operators of its cluster are those of ${keeper.environment}, on ${keeper.platform}`,
      `Move ${keeper.environment} first: platform: "${environment.platform}" in ${environmentFile(keeper.environment)}.`,
    );
  }
}

/** The operator that Millrace keeps fetches the jars of session jobs only from where it is allowed to (R35). */
export function* sessionJars(workspace: Workspace): Generator<Problem> {
  for (const [name, placements] of workspace.placements) {
    const environment = workspace.environments.get(name)?.value;
    const keeper = environment === undefined ? undefined : operatorsKeeper(workspace, environment);
    const operator = environment === undefined ? undefined : managedOperator(workspace, environment, 'flink');
    if (environment?.flink.mode !== 'session' || keeper === undefined || operator === undefined) continue;
    for (const [pipeline, declared] of placements) {
      const here = placed(workspace, name, pipeline);
      for (const job of here === undefined ? [] : runningJobs(here)) {
        const uri = here?.pipeline.jobs[job]?.artifact.jar?.uri;
        if (uri === undefined) continue;
        const scheme = uri.slice(0, uri.indexOf(':'));
        const { schemes, privateHosts } = operator.artifacts;
        const allow = (key: string, value: string) =>
          `Publish it over https where everybody can fetch it, or allow it: ${key}: ${value} in ${environmentFile(keeper.environment)}.`;
        if (!schemes.some((allowed) => allowed === scheme)) {
          yield problemAt(
            declared,
            ['release'],
            `the jar of ${job} is fetched over ${scheme}, and the Flink operator of ${keeper.environment} fetches over ${schemes.join(', ')} only`,
            allow('operators.flink.artifacts.schemes', `[${[...schemes, scheme].join(', ')}]`),
          );
        } else if (!privateHosts && isPrivate(uri)) {
          yield problemAt(
            declared,
            ['release'],
            `the jar of ${job} is fetched from ${new URL(uri).hostname}, and the Flink operator of ${keeper.environment} fetches nothing from addresses inside a network`,
            allow('operators.flink.artifacts.privateHosts', 'true'),
          );
        }
      }
    }
  }
}

/** Whether the host of an https or http URI certainly has an address that the operator calls restricted: what a name resolves to is not known here. */
function isPrivate(uri: string): boolean {
  if (!/^https?:/.test(uri) || !URL.canParse(uri)) return false;
  const { hostname } = new URL(uri);
  return (
    /^(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/.test(hostname) || /\.(?:svc|svc\.cluster\.local)$/.test(hostname)
  );
}
