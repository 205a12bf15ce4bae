import { expect, it } from 'vitest';

import { cronError, timeZoneError } from './cron.js';

it.each(['0 18 * * 5', '*/15 0-6 ? * MON-FRI', '5,10 3/4 1-31/2 jan,dec sun', '0 0 * * 0-6'])('Argo CD takes the schedule %s', (schedule) => {
  expect(cronError(schedule)).toBeUndefined();
});

it.each([
  ['99 99 * * *', '"99" is no minute (0 to 59)'],
  ['0 24 * * *', '"24" is no hour (0 to 23)'],
  ['0 0 0 * *', '"0" is no day of month (1 to 31)'],
  ['0 0 * 13 *', '"13" is no month (1 to 12)'],
  ['0 18 * * 7', '"7" is no day of week (0 to 6)'],
  ['0 18 * * FRIDAY', '"FRIDAY" is no day of week (0 to 6)'],
  ['0 18 * * 5-1', '"5-1" is no day of week (0 to 6)'],
  ['*/0 * * * *', '"*/0" is no minute (0 to 59)'],
  ['0 18 * *', 'it has 4 fields instead of five'],
  ['0 0 18 * * 5', 'it has 6 fields instead of five'],
  ['@daily', 'it has 1 fields instead of five'],
])('Argo CD does not take the schedule %s', (schedule, error) => {
  expect(cronError(schedule)).toContain(error);
});

it('tells time zones apart by case, as files are', () => {
  expect(['Europe/Berlin', 'UTC', 'Etc/UTC', 'Asia/Kolkata', 'US/Pacific'].map(timeZoneError)).toEqual(Array(5).fill(undefined));
  expect(timeZoneError('Europe/Berlinn')).toBe('there is no such time zone');
  expect(timeZoneError('europe/berlin')).toBe('it is written Europe/Berlin');
});
