import { configKey, configValue, MillraceError } from '@millrace/model';

/** Settings from flags, checked as those in a file are. `example` is one of the kind that the flag takes. Throws a usage error. */
export function checkSettings(settings: Readonly<Record<string, string>>, example: string): void {
  const problems = Object.entries(settings).flatMap(([key, value]) =>
    [...(configKey.safeParse(key).error?.issues ?? []), ...(configValue.safeParse(value).error?.issues ?? [])].map(({ message }) => ({
      message: `${key}: ${message}`,
      remedy: `Write key=value, for example ${example}.`,
    })),
  );
  if (problems.length > 0) throw new MillraceError('usage', problems);
}

/** Settings as flags take them, to show in a message. */
export const KAFKA_SETTING = 'retention.ms=604800000';
export const FLINK_SETTING = 'execution.checkpointing.interval=60s';
