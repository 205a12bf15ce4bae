/** What a setting's value must be: says what is expected where the text is something else. */
export type SettingType = (text: string) => string | undefined;

const INT = 2n ** 31n - 1n;
const LONG = 2n ** 63n - 1n;
const SHORT = 2n ** 15n - 1n;

export const short = (least: bigint): SettingType => whole(least, SHORT);
export const int = (least: bigint = -INT - 1n, most: bigint = INT): SettingType => whole(least, most);
export const long = (least: bigint = -LONG - 1n): SettingType => whole(least, LONG);

function whole(least: bigint, most: bigint): SettingType {
  return (text) => {
    const number = /^[-+]?\d+$/.test(text.trim()) ? BigInt(text.trim().replace(/^\+/, '')) : undefined;
    if (number === undefined) return 'a whole number, without a unit';
    if (number < least) return `a whole number of at least ${String(least)}`;
    return number > most ? `a whole number of at most ${String(most)}` : undefined;
  };
}

export const fraction = (least: number, most: number): SettingType => {
  return (text) => (text.trim() !== '' && Number(text) >= least && Number(text) <= most ? undefined : `a number from ${least} to ${most}`);
};

export const bool: SettingType = (text) => (/^(true|false)$/i.test(text.trim()) ? undefined : 'true or false');

export const oneOf = (...values: readonly string[]): SettingType => {
  return (text) => (values.includes(text) ? undefined : `one of ${values.join(', ')}`);
};

/** A list with commas; an empty one is for Kafka's version to judge. */
export const listOf = (...values: readonly string[]): SettingType => {
  const inList = (text: string): boolean =>
    text
      .trim()
      .split(/ *, */)
      .every((item) => item === '' || values.includes(item));
  return (text) => (inList(text) ? undefined : `a list of ${values.join(', ')}`);
};
