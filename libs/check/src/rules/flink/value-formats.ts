const durationUnits = new Set([
  ...['', 'd', 'day', 'days', 'h', 'hour', 'hours', 'min', 'm', 'minute', 'minutes', 's', 'sec', 'secs', 'second', 'seconds'],
  ...['ms', 'milli', 'millis', 'millisecond', 'milliseconds', 'µs', 'micro', 'micros', 'microsecond', 'microseconds'],
  ...['ns', 'nano', 'nanos', 'nanosecond', 'nanoseconds'],
]);
const memoryUnits = new Set([...['', 'b', 'bytes', 'k', 'kb', 'kibibytes', 'm', 'mb', 'mebibytes', 'g', 'gb', 'gibibytes', 't', 'tb', 'tebibytes']]);

/** Whether Flink's TimeUtils.parseDuration takes a text: `60 seconds`, `1m`, `10` (milliseconds), `PT10M`. */
export function isDuration(text: string): boolean {
  const [, unit] = /^\d+\s*(.*)$/.exec(text.trim()) ?? [];
  if (unit !== undefined) return durationUnits.has(unit.toLowerCase());
  return /^P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/i.test(text.trim());
}

/** Whether Flink's MemorySize.parse takes a text: `2048m`, `1 gb`, `100` (bytes), but not `1Gi`. */
export function isMemorySize(text: string): boolean {
  const [, unit] = /^\d+\s*(.*)$/.exec(text.trim()) ?? [];
  return unit !== undefined && memoryUnits.has(unit.toLowerCase());
}

/** Whether the operator takes a text as spec.*.resource.memory: a size of Flink's, or a quantity of Kubernetes in either case. */
export function isResourceMemory(text: string): boolean {
  return isMemorySize(text) || /^\+?\d+(?:\.\d+)?(?:[KMGTPE]I?)?B?$/i.test(text.replaceAll(/\s/g, ''));
}

/** Whether a text has the shape of a Quartz cron expression: six or seven fields, of which the first is the seconds. */
export function isQuartzCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return (fields.length === 6 || fields.length === 7) && fields.every((field) => /^[\dA-Za-z*?,\-/#]+$/.test(field));
}
