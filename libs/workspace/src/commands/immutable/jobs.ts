import { deployedJobs, placed } from '@millrace/manifests';
import { teamNamespace, type Declared, type Environment, type Job, type Path, type Pipeline, type Workspace } from '@millrace/model';

import { byHand, keep } from './immutable.js';

const ANEW = 'each job would be another object there that starts without its state, while the present one may run on';
const WITH_STATE =
  'suspend its jobs (state: suspended), let that be synced, note their savepoints, write it by hand, and start them from those (initialSavepointPath)';

/**
 * Refuses another namespace for a team whose pipelines run in it: no job moves to another namespace.
 * @param apart environments for which the same command names one of their own
 */
export function keepTeamNamespace(workspace: Workspace, team: string, namespace: string, apart: readonly string[]): void {
  const { millrace } = workspace;
  const isMeant = ({ environment, flink }: Environment): boolean => !(team in flink.namespaces) && !apart.includes(environment);
  const places = placesOf(workspace, (environment, pipeline) => pipeline.team === team && isMeant(environment));
  keepNamespace(millrace, ['teams', team, 'namespace'], team, places, millrace.value.teams[team]?.namespace, namespace);
}

/** The same of one environment, which has a namespace of its own for the team or gets one. */
export function keepTeamNamespaceIn(workspace: Workspace, declared: Declared<Environment> | undefined, team: string, namespace: string): void {
  if (declared === undefined) return;
  const { value } = declared;
  const places = placesOf(workspace, ({ environment }, pipeline) => pipeline.team === team && environment === value.environment);
  keepNamespace(declared, ['flink', 'namespaces', team], team, places, teamNamespace(workspace, value, team), namespace);
}

function keepNamespace(declared: Declared<unknown>, path: Path, team: string, places: readonly string[], now: string | undefined, wanted: string): void {
  if (now === undefined || places.length === 0) return;
  keep(declared, [
    {
      path,
      now,
      wanted,
      message: `${places.join(', ')} of the team ${team} ${places.length === 1 ? 'is' : 'are'} in the namespace ${now}: ${ANEW}`,
      remedy: `An environment in which nothing of ${team} runs can have another one: millrace environment <name> --namespace ${team}=<namespace>. To move what runs, ${WITH_STATE}.`,
    },
  ]);
}

/** Refuses another team for a pipeline that runs: it would move to the namespace of that team. */
export function keepTeamOfPipeline(workspace: Workspace, pipeline: Declared<Pipeline> | undefined, team: string): void {
  if (pipeline === undefined) return;
  const { team: now, pipeline: name } = pipeline.value;
  const environments = [...workspace.placements].flatMap(([environment, placements]) => (placements.has(name) ? [environment] : []));
  if (environments.length === 0) return;
  keep(pipeline, [
    {
      path: ['team'],
      now,
      wanted: team,
      message: `${name} belongs to the team ${now}, in whose namespace it runs in ${environments.join(', ')}: ${ANEW}`,
      remedy: `Make a pipeline of ${team} beside it. To hand this one over, ${WITH_STATE}.`,
    },
  ]);
}

/**
 * Refuses another mode for an environment in which pipelines are placed, where a job would be another kind of object (R26, R34), and
 * another cluster: Argo CD takes nothing away from the one that an Application leaves.
 */
export function keepEnvironment(
  workspace: Workspace,
  environment: Declared<Environment> | undefined,
  { mode, server }: { readonly mode: string | undefined; readonly server: string | undefined },
): void {
  if (environment === undefined) return;
  const { environment: name, flink, cluster } = environment.value;
  const pipelines = [...(workspace.placements.get(name)?.keys() ?? [])];
  if (pipelines.length === 0) return;
  const run = `${pipelines.join(', ')} ${pipelines.length === 1 ? 'runs' : 'run'} in ${name}`;
  keep(environment, [
    {
      path: ['flink', 'mode'],
      now: flink.mode,
      wanted: mode,
      message: `${run}, which is of mode ${flink.mode}: ${ANEW} (R34)`,
      remedy: `Make an environment of mode ${mode ?? ''} beside it. To change this one, ${WITH_STATE}.`,
    },
    {
      path: ['cluster', 'server'],
      now: cluster.server,
      wanted: server,
      message: `${run}, in the cluster at ${cluster.server}: all of it would be made again in another one, without data and state, and run on in this one too`,
      remedy: 'Where it is the same cluster under another address, write cluster.server by hand and run millrace sync. Else make an environment beside it.',
    },
  ]);
}

/** Refuses another maximum parallelism for a job that is deployed somewhere: no state restores with it (R84). */
export function keepMaxParallelism(
  workspace: Workspace,
  pipeline: Declared<Pipeline> | undefined,
  { name, there, wanted }: { readonly name: string; readonly there: Pick<Job, 'maxParallelism'> | undefined; readonly wanted: number | undefined },
): void {
  if (pipeline === undefined || there === undefined) return;
  const environments = [...workspace.placements.keys()].filter((environment) => {
    const here = placed(workspace, environment, pipeline.value.pipeline);
    return here !== undefined && deployedJobs(here).includes(name);
  });
  if (environments.length === 0) return;
  keep(pipeline, [
    {
      path: ['jobs', name, 'maxParallelism'],
      now: there.maxParallelism,
      wanted,
      message: `${name} is deployed in ${environments.join(', ')} with a maxParallelism of ${there.maxParallelism}, and no state restores with another one (R84)`,
      remedy: `Add a job of another name that has it; it starts without the state. ${byHand(`jobs.${name}.maxParallelism`)}`,
    },
  ]);
}

/** `<pipeline> in <environment>` for every placement that fits. */
function placesOf(workspace: Workspace, fits: (environment: Environment, pipeline: Pipeline) => boolean): readonly string[] {
  return [...workspace.placements].flatMap(([environment, placements]) =>
    [...placements.keys()].flatMap((pipeline) => {
      const here = placed(workspace, environment, pipeline);
      return here !== undefined && fits(here.environment, here.pipeline) ? [`${pipeline} in ${environment}`] : [];
    }),
  );
}
