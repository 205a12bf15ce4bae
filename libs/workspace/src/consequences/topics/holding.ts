/** What decides how much a topic holds: as a pipeline declares it, or as a KafkaTopic says it. */
export interface TopicSize {
  readonly partitions?: number | bigint | undefined;
  readonly config: Readonly<Record<string, string>>;
}

/** What a topic holds, in words: how many partitions, for how long. */
export function holding({ partitions, config }: TopicSize): string {
  const retention = config['retention.ms'];
  const kept = retention === undefined ? "kept for Kafka's default time" : retention === '-1' ? 'kept for ever' : `kept for ${duration(retention)}`;
  const compacted = config['cleanup.policy']?.includes('compact') === true ? 'compacted' : kept;
  return `${partitions ?? "Kafka's default number of"} ${Number(partitions) === 1 ? 'partition' : 'partitions'}, ${compacted}`;
}

function duration(milliseconds: string): string {
  // Kafka says what it thinks of anything else.
  if (!/^\d+$/.test(milliseconds)) return `what retention.ms says, ${milliseconds}`;
  const hours = BigInt(milliseconds) / 3_600_000n;
  return hours >= 48n ? `${hours / 24n} days` : hours >= 1n ? `${hours} hours` : `${milliseconds} ms`;
}
