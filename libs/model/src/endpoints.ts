/** Settings of Flink's file systems that say where an object storage is, when it is not at its cloud's own address. */
export function isEndpointKey(key: string): boolean {
  return /^(?:(?:presto\.|fs\.)?s3[ap]?|fs\.oss)\.endpoint$/.test(key);
}

/** The port of a URL, or of a host without a scheme, which is asked over HTTPS; undefined where it is neither. */
export function portOf(address: string): number | undefined {
  const url = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(url)) return undefined;
  const { protocol, port } = new URL(url);
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}
