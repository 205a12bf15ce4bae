import { placed, runningJobs, sessionOf } from '@millrace/manifests';
import {
  environmentName,
  flinkCpu,
  flinkMemory,
  flinkVersion,
  MillraceError,
  misused,
  placementFile,
  positiveInteger,
  sessionName,
  teamName,
  type FlinkVersion,
  type Workspace,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import type { FileEdit } from '../file-edit.js';
import { namedEnvironment, namedTeam } from './named.js';
import { setterAt } from './set-edits.js';
import { newestFlink } from './team-session.js';

/** Adds a session cluster of a team, or changes what the flags name of one that is there. */
export const session = defineCommand({
  name: 'session',
  summary: 'Add a session cluster of a team, one Flink version, or change one',
  examples: [
    'millrace session orders-v2-2 --environment dev --team orders --flink-version v2_2 --slots 4 --task-manager-memory 4096m',
    'millrace session orders-session --environment dev --task-manager-memory 8192m --task-manager-cpu 2',
  ],
  options: z.strictObject({
    name: sessionName.meta({ description: 'The session cluster', positional: 0, prompt: 'What is the session cluster called?' }),
    environment: environmentName.meta({ description: 'The environment', prompt: 'In which environment?' }),
    team: teamName.optional().meta({ description: 'The team whose jobs run in it; a new one needs it' }),
    flinkVersion: flinkVersion.optional().meta({ description: "The Flink minor (a new one: the newest of the environment's platform)" }),
    slots: positiveInteger(256).optional().meta({ description: 'Task slots of a TaskManager (a new one: 2)' }),
    taskManagerMemory: flinkMemory.optional().meta({ description: 'Memory of a TaskManager' }),
    taskManagerCpu: flinkCpu.optional().meta({ description: 'Cores of a TaskManager' }),
    jobManagerMemory: flinkMemory.optional().meta({ description: 'Memory of the JobManager', examples: ['1600m'] }),
    jobManagerCpu: flinkCpu.optional().meta({ description: 'Cores of the JobManager', examples: [0.5] }),
    scheduler: z
      .enum(['default', 'adaptive'])
      .optional()
      .meta({ description: 'With adaptive, the autoscaler changes a running job in place, without a restart from a savepoint' }),
  }),
  plan: (workspace, { name, environment, team, ...options }) => {
    const { file, value } = namedEnvironment(workspace, environment);
    if (value.flink.mode === 'application') {
      throw new MillraceError('refused', [
        {
          file,
          message: `${environment} runs every job in a cluster of its own`,
          remedy: 'Choose an environment of mode session, or write mode: session there.',
        },
      ]);
    }
    const there = value.flink.sessions[name];
    if (team !== undefined && there !== undefined && there.team !== team) {
      throw new MillraceError('refused', [
        {
          file,
          message: `the session cluster ${name} is of the team ${there.team}: its jobs and their credentials are in that team's namespace`,
          remedy: `Choose another name for the one of ${team}.`,
        },
      ]);
    }
    const owner = team ?? there?.team;
    if (owner === undefined) {
      throw misused(`${environment} has no session cluster ${name}: a new one needs its team`, 'Say whose: --team <team>');
    }
    const version = options.flinkVersion ?? there?.flinkVersion ?? newestFlink(value.platform);
    const set = setterAt('flink', 'sessions', name);
    return [
      ...stayingJobs(workspace, environment, { name, team: owner, version }),
      {
        kind: 'yaml',
        file,
        edits: [
          ...set(['team'], namedTeam(workspace, owner)),
          ...set(['flinkVersion'], version),
          ...set(['slots'], options.slots),
          ...set(['jobManager', 'memory'], options.jobManagerMemory),
          ...set(['jobManager', 'cpu'], options.jobManagerCpu),
          ...set(['taskManager', 'memory'], options.taskManagerMemory),
          ...set(['taskManager', 'cpu'], options.taskManagerCpu),
          ...set(['flinkConfiguration', 'jobmanager.scheduler'], options.scheduler),
        ],
      },
    ];
  },
});

/**
 * A job that names no session cluster runs in the first by name; one that is deployed can never move (R26). So those that
 * a new cluster would come before are told to stay where they are.
 */
function stayingJobs(
  workspace: Workspace,
  environment: string,
  added: { readonly name: string; readonly team: string; readonly version: FlinkVersion },
): readonly FileEdit[] {
  return [...(workspace.placements.get(environment)?.keys() ?? [])].flatMap((pipeline): readonly FileEdit[] => {
    const here = placed(workspace, environment, pipeline);
    if (here === undefined || here.pipeline.team !== added.team) return [];
    const edits = runningJobs(here).flatMap((job) => {
      const current = sessionOf(here, job);
      const moves = here.pipeline.jobs[job]?.flinkVersion === added.version && here.placement.jobs[job]?.session === undefined;
      return moves && current !== undefined && added.name < current ? [{ kind: 'set' as const, path: ['jobs', job, 'session'], value: current }] : [];
    });
    return edits.length === 0 ? [] : [{ kind: 'yaml', file: placementFile(environment, pipeline), edits }];
  });
}
