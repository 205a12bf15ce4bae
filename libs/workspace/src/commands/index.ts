import type { Command } from '../command.js';
import { artifact } from './artifact.js';
import { environment } from './environment.js';
import { flinkJob } from './flink-job.js';
import { init } from './init.js';
import { kafkaCluster } from './kafka-cluster.js';
import { migrate } from './migrate.js';
import { operator } from './operator.js';
import { pipeline } from './pipeline.js';
import { platform } from './platform.js';
import { remove } from './remove.js';
import { resize } from './resize.js';
import { session } from './session.js';
import { team } from './team.js';
import { topic } from './topic.js';
import { user } from './user.js';

/** The commands that edit declared files, in the order in which somebody meets them. */
export const editCommands: readonly Command[] = [
  init,
  team,
  environment,
  operator,
  kafkaCluster,
  session,
  pipeline,
  topic,
  user,
  flinkJob,
  artifact,
  resize,
  platform,
  migrate,
  remove,
];
