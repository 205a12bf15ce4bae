import {
  environmentName,
  flinkCpu,
  flinkMemory,
  jobName,
  MillraceError,
  pinnedDeclaration,
  pipelineName,
  placementFile,
  positiveInteger,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { namedEnvironment, namedPipeline } from './named.js';

/** Sets how big a job is in an environment. */
export const resize = defineCommand({
  name: 'resize',
  summary: 'Set how big a job is in an environment',
  examples: ['millrace resize order-processor --environment prod --parallelism 20 --task-manager-memory 4096m --task-manager-cpu 2'],
  options: z.strictObject({
    pipeline: pipelineName.meta({ description: 'The pipeline', positional: 0, prompt: 'Which pipeline?' }),
    environment: environmentName.meta({ description: 'The environment', prompt: 'In which environment?' }),
    job: jobName.optional().meta({ description: 'The job, where the pipeline has several' }),
    parallelism: positiveInteger(32_768).optional().meta({ description: 'Parallelism' }),
    slots: positiveInteger(256).optional().meta({ description: 'Task slots of a TaskManager' }),
    taskManagerMemory: flinkMemory.optional().meta({ description: 'Memory of a TaskManager' }),
    taskManagerCpu: flinkCpu.optional().meta({ description: 'Cores of a TaskManager' }),
  }),
  plan: (workspace, { pipeline, environment, job, parallelism, slots, taskManagerMemory, taskManagerCpu }) => {
    namedEnvironment(workspace, environment);
    namedPipeline(workspace, pipeline);
    const placement = workspace.placements.get(environment)?.get(pipeline)?.value;
    if (placement === undefined) {
      throw new MillraceError('refused', [
        { message: `${pipeline} does not run in ${environment}`, remedy: `Promote it first: millrace promote ${pipeline} --to ${environment}` },
      ]);
    }
    const jobs = Object.keys(pinnedDeclaration(workspace, pipeline, placement.release)?.value.jobs ?? {});
    const [only] = jobs;
    const name = job ?? (jobs.length === 1 ? only : undefined);
    if (name === undefined)
      throw new MillraceError('usage', [{ message: `${pipeline} has ${jobs.length} jobs`, remedy: `Say which: --job ${jobs.join(' or --job ')}` }]);
    const set = (path: readonly string[], value: string | number | undefined) =>
      value === undefined ? [] : [{ kind: 'set' as const, path: ['jobs', name, ...path], value }];
    return [
      {
        kind: 'yaml',
        file: placementFile(environment, pipeline),
        edits: [
          ...set(['parallelism'], parallelism),
          ...set(['slots'], slots),
          ...set(['taskManager', 'memory'], taskManagerMemory),
          ...set(['taskManager', 'cpu'], taskManagerCpu),
        ],
      },
    ];
  },
});
