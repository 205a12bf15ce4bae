import type { Settings } from './settings.js';

/** Whether a lost JobManager finds its jobs again: HighAvailabilityMode of Flink, where anything but NONE is a mode. */
export function hasHighAvailability(settings: Settings): boolean {
  const mode = settings.option('high-availability.type');
  return mode !== undefined && mode.text.trim() !== '' && mode.text.trim().toLowerCase() !== 'none';
}
