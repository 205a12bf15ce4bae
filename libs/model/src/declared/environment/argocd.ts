import * as z from 'zod';

/** A cron expression of five fields, as Argo CD's sync windows take it. */
const cron = z
  .string()
  .regex(/^(?:[0-9A-Za-z*,/-]+ ){4}[0-9A-Za-z*,/-]+$/, { error: 'expected a cron expression of five fields (for example 0 18 * * 5)' })
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
    .regex(/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/, { error: 'expected a time zone (for example Europe/Berlin)' })
    .default('UTC')
    .meta({ description: 'In which time zone the schedule is read', examples: ['Europe/Berlin'] }),
  applies: z.enum(['everything', 'platform', 'pipelines']).default('everything').meta({ description: 'To which Applications of the environment' }),
  manualSync: z.boolean().default(false).meta({ description: 'Whether a person may sync by hand all the same' }),
});

/** How Argo CD syncs an environment. */
export const argocdEnvironmentSchema = z.strictObject({
  automated: z.boolean().default(true).meta({ description: 'false: a person starts every sync (R55)' }),
  syncWindows: z.array(windowSchema).default([]).meta({ description: 'When syncs may and may not happen' }),
});

export type SyncWindow = z.output<typeof windowSchema>;
