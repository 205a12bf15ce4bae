export const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** A field of a cron expression. */
export interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of which Quartz reads the first three letters: SUNDAY is SUN. */
  readonly names?: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of week', least: 1, most: 7, names: DAYS },
  { name: 'year', least: 1970, most: 2299 },
];
const DAY_OF_MONTH = 3;
const DAY_OF_WEEK = 5;

/** What Quartz, which Strimzi reads its windows with, has against a cron expression; undefined where it takes it. */
export function quartzError(expression: string): string | undefined {
  const parts = expression.trim().toUpperCase().split(/\s+/);
  if (parts.length < 6) return `it has ${parts.length} fields, and Quartz needs six: second, minute, hour, day of month, month, day of week`;
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index];
    if (part !== undefined && !isField(part, field, index)) return `"${part}" is no ${field.name}`;
  }
  const open = [DAY_OF_MONTH, DAY_OF_WEEK].filter((index) => parts[index] === '?').length;
  return open === 1 ? undefined : 'of day of month and day of week, one must be "?" and the other not';
}

function isField(part: string, { least, most, names = [] }: CronField, index: number): boolean {
  const isDay = index === DAY_OF_MONTH || index === DAY_OF_WEEK;
  if (part === '?') return isDay;
  const isValue = (text: string): boolean =>
    names.some((name) => text.startsWith(name)) || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
  return part.split(',').every((item) => {
    // L, W and # are for days alone, and come in more forms than are worth telling apart.
    if (isDay && /[LW#]/.test(item) && !/^[A-Z]{3,}$/.test(item)) return /^[\dA-Z#-]+$/.test(item);
    const [range = '', step, ...more] = item.split('/');
    if (more.length > 0 || (step !== undefined && !/^\d+$/.test(step))) return false;
    const [from = '', to, ...rest] = range.split('-');
    if (rest.length > 0) return false;
    return to === undefined ? from === '*' || isValue(from) || (from === '' && step !== undefined) : isValue(from) && isValue(to);
  });
}
