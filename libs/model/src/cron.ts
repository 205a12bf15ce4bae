import { DAYS, MONTHS, type CronField } from './quartz.js';

const FIELDS: readonly CronField[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of week', least: 0, most: 6, names: DAYS },
];

/**
 * What Argo CD has against the schedule of a sync window; undefined where it takes it (argo-cd, SyncWindows.active; robfig/cron,
 * parser.go). One that it does not take stops every sync of the project, also by hand. Signs, empty items and ranges from `*`, which
 * it reads in its own way, are not taken here.
 */
export function cronError(schedule: string): string | undefined {
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return `it has ${parts.length} fields instead of five: minute, hour, day of month, month, day of week`;
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((range) => isRange(range, field))) return `"${part}" is no ${field.name} (${field.least} to ${field.most})`;
  }
  return undefined;
}

/** `*`, `5`, `1-5`, and each of them with a step; unlike in crontab, Sunday is never 7. */
function isRange(range: string, { least, most, names = [] }: CronField): boolean {
  const [, from = '', to, step] = /^([^/-]+)(?:-([^/-]+))?(?:\/(\d+))?$/.exec(range) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  if (from === '*' || from === '?') return true;
  const numberOf = (text: string): number =>
    names.includes(text.toUpperCase()) ? names.indexOf(text.toUpperCase()) + least : /^\d+$/.test(text) ? Number(text) : NaN;
  const [start, end] = [numberOf(from), numberOf(to ?? from)];
  return start >= least && start <= end && end <= most;
}

/** What Argo CD has against the name of a time zone, whose files are told apart by case; undefined where it knows it. It takes another name for UTC. */
export function timeZoneError(name: string): string | undefined {
  let known: string;
  try {
    known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return 'there is no such time zone';
  }
  return known !== name && known.toLowerCase() === name.toLowerCase() ? `it is written ${known}` : undefined;
}
