const MILLISECONDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|days?)$/, 86_400_000],
  [/^(?:h|hours?)$/, 3_600_000],
  [/^(?:m|min|minutes?)$/, 60_000],
  [/^(?:s|secs?|seconds?)$/, 1000],
  [/^(?:ms|millis?|milliseconds?)?$/, 1],
];

/** The milliseconds of a duration as Flink writes it: `60s`, `5 min`, `60000`; undefined for what is none (TimeUtils.java). */
export function milliseconds(text: string): number | undefined {
  const [, digits, unit] = /^(\d+)\s*([a-z]*)$/.exec(text.trim().toLowerCase()) ?? [];
  const factor = MILLISECONDS.find(([pattern]) => unit !== undefined && pattern.test(unit))?.[1];
  return factor === undefined ? undefined : Number(digits) * factor;
}
