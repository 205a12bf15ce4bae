/** What Flink needs for a file store: a plugin that its image has in /opt/flink/opt and does not load by itself (R47). */
interface FileSystem {
  readonly plugin: string;
  /** How the plugin finds the workload identity of its pod, where it does not look for it by itself. */
  readonly identity?: Readonly<Record<string, string>>;
}

const HADOOP_S3: FileSystem = {
  plugin: 'flink-s3-fs-hadoop',
  // Hadoop's own list of providers has none that reads the token of a service account; Presto asks AWS's list, which has it.
  identity: { 'fs.s3a.aws.credentials.provider': 'com.amazonaws.auth.WebIdentityTokenCredentialsProvider' },
};
const PRESTO_S3: FileSystem = { plugin: 'flink-s3-fs-presto' };
const AZURE: FileSystem = { plugin: 'flink-azure-fs-hadoop' };

/**
 * The file systems of Flink's image, by the scheme of what they open. For `s3` there are two: Presto's is the one that
 * Flink recommends for checkpoints. Source: Flink's documentation, "File Systems"; flink-dist, opt.xml.
 */
const FILE_SYSTEMS: Readonly<Record<string, FileSystem>> = {
  s3: PRESTO_S3,
  s3p: PRESTO_S3,
  s3a: HADOOP_S3,
  gs: { plugin: 'flink-gs-fs-hadoop' },
  abfs: AZURE,
  abfss: AZURE,
  wasb: AZURE,
  wasbs: AZURE,
  oss: { plugin: 'flink-oss-fs-hadoop' },
};

/** The plugin without which Flink cannot open a storage: `flink-s3-fs-presto`; undefined where it needs none of its own. */
export function pluginFor(storage: string): string | undefined {
  return FILE_SYSTEMS[schemeOf(storage)]?.plugin;
}

/** Settings with which the file system of a storage takes the identity of its pod for that of the cloud. */
export function identitySettings(storage: string): Readonly<Record<string, string>> {
  return FILE_SYSTEMS[schemeOf(storage)]?.identity ?? {};
}

/** `s3` of `s3://my-bucket/prod`. */
export function schemeOf(storage: string): string {
  return storage.slice(0, storage.indexOf(':'));
}
