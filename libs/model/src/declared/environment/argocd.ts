import * as z from 'zod';

import { cronError, timeZoneError } from '../../cron.js';
import { kafkaClusterName, namespaceName, teamName } from '../../names.js';
import { operatorNames } from './operators.js';

/** A cron expression of five fields, as Argo CD's sync windows take it. */
const cron = z
  .string()
  .refine((schedule) => cronError(schedule) === undefined, {
    error: ({ input }) => `Argo CD cannot read this schedule: ${cronError(String(input)) ?? ''} (for example 0 18 * * 5)`,
  })
  .meta({ examples: ['0 18 * * 5'] });

const windowSchema = z.strictObject({
  kind: z.enum(['allow', 'deny']).meta({ description: 'Where a deny and an allow meet, deny wins (R66)' }),
  schedule: cron.meta({ description: 'When the window begins' }),
  duration: z
    .string()
    .regex(/^(?:\d+h)?(?:\d+m)?$/, { error: 'a duration is written as 8h, 30m or 1h30m' })
    .refine((text) => text !== '', { error: 'a duration is written as 8h, 30m or 1h30m' })
    .meta({ description: 'How long it lasts', examples: ['60h'] }),
  timeZone: z
    .string()
    .refine((name) => timeZoneError(name) === undefined, {
      error: ({ input }) => `Argo CD would take this for UTC: ${timeZoneError(String(input)) ?? ''} (for example Europe/Berlin)`,
    })
    .default('UTC')
    .meta({ description: 'In which time zone the schedule is read', examples: ['Europe/Berlin'] }),
  applies: z.enum(['everything', 'platform', 'pipelines']).default('everything').meta({ description: 'To which Applications of the environment' }),
  manualSync: z.boolean().default(false).meta({ description: 'Whether a person may sync by hand all the same' }),
});

/** Namespaces that something leaves, by what it is: each is allowed to its projects until Argo CD has pruned there. */
const leavingSchema = z.strictObject({
  kafkaClusters: z
    .record(kafkaClusterName, namespaceName)
    .default({})
    .meta({ description: 'Kafka clusters, and where they were', examples: [{ 'kafka-old': 'kafka' }] }),
  operators: z
    .partialRecord(z.enum(operatorNames), namespaceName)
    .default({})
    .meta({ description: 'Operators that have moved, and from where', examples: [{ strimzi: 'kafka-operator' }] }),
  teams: z
    .record(teamName, namespaceName)
    .default({})
    .meta({ description: 'Teams, and where they were', examples: [{ orders: 'flink' }] }),
});

/** How Argo CD syncs an environment. */
export const argocdEnvironmentSchema = z.strictObject({
  automated: z
    .boolean()
    .default(true)
    .meta({ description: 'false: a person starts every sync (R55), but of the two roots: those make only Applications and projects' }),
  leaving: leavingSchema.prefault({}).meta({
    description:
      'Namespaces of what was removed, or has moved. Argo CD prunes only what its projects allow, and they allow these until the line is taken out: when nothing is left there. millrace remove writes it, and takes it out with --finish',
  }),
  syncWindows: z.array(windowSchema).default([]).meta({ description: 'When syncs may and may not happen' }),
});

export type SyncWindow = z.output<typeof windowSchema>;
