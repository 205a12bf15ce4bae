import * as z from 'zod';

/** Kubernetes quantity for storage: a plain or binary number, as `100Gi` (apimachinery, resource.Quantity). */
export const storageQuantity = z
  .string()
  .regex(/^[1-9]\d*(?:Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$/, { error: 'a storage size is a Kubernetes quantity (for example 100Gi)' })
  .meta({ examples: ['100Gi'] });

/** Kubernetes quantity for memory of Kafka's pods. */
export const memoryQuantity = z
  .string()
  .regex(/^[1-9]\d*(?:Ki|Mi|Gi|Ti|M|G|T)$/, { error: 'memory is a Kubernetes quantity (for example 8Gi)' })
  .meta({ examples: ['8Gi'] });

/** Kubernetes quantity for CPU, as text: cores or millicores. */
export const cpuText = z
  .string()
  .regex(/^(?:[1-9]\d*m|\d+(?:\.\d{1,3})?)$/, { error: 'CPU is a Kubernetes quantity (for example "2" or 500m)' })
  .meta({ examples: ['500m'] });

/** Kubernetes quantity for CPU: the text, or the number of cores. */
export const cpuQuantity = z
  .union([cpuText, z.number().positive()])
  .transform(String)
  .meta({ examples: ['500m'] });

/** Flink's memory format, which the operator reads too: `4096m`, `4g`. */
export const flinkMemory = z
  .string()
  .regex(/^[1-9]\d*\s?(?:m|mb|g|gb|k|kb|mi|gi|ki)$/i, { error: "memory is in Flink's format (for example 4096m)" })
  .meta({ examples: ['4096m'] });

/** Flink's operator takes CPU as a number of cores. */
export const flinkCpu = z
  .number({ error: 'CPU is a number of cores (for example 2 or 0.5)' })
  .positive()
  .max(1024)
  .meta({ examples: [2] });

export const positiveInteger = (most: number) =>
  z
    .int({ error: 'expected a whole number' })
    .min(1, { error: 'expected 1 or more' })
    .max(most, { error: `expected ${most} or less` });

/**
 * A value of Kafka's or Flink's configuration. Both take strings; plain integers and booleans are taken as they are
 * spelled. What YAML's versions read in two ways (1e3, 0755, 12:30) was refused by the reader before.
 */
export const configValue = z
  .union([z.string(), z.int(), z.boolean(), z.bigint()], { error: 'expected a string, a whole number or true/false' })
  .transform(String)
  .meta({ examples: ['604800000'] });

/** A key of Kafka's or Flink's configuration. */
export const configKey = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,254}$/, { error: 'a configuration key has letters, digits, ".", "_" and "-" (for example retention.ms)' });

export const config = z.record(configKey, configValue, { error: 'expected a mapping of configuration keys to values' });

/** Text that ends up in arguments and environment variables: any text a process can be given. */
export const processText = z.string().refine((text) => !text.includes('\0'), { error: 'a process cannot be given a NUL character' });

/**
 * An absolute URI of a file store, without a closing slash, query or credentials. In Azure's, what stands before the @ is
 * the container.
 */
export const storageUri = z
  .string()
  .regex(/^(?:(?:abfs|wasb)s?:\/\/[a-z0-9][-a-z0-9]{0,62}@[^\s/?#@]+|[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]*)(?:\/[^\s/?#@]+)*$/, {
    error: 'storage is an URI without closing slash (for example s3://my-bucket/prod)',
  })
  .refine((uri) => !/\/\.{1,2}(?:\/|$)/.test(uri), { error: 'storage has no "." or ".." segments' })
  .meta({ examples: ['s3://my-bucket/prod'] });

/** An http or https URL without credentials in it. */
export const webUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/, {
    error: 'expected an http(s) URL without user name or password (for example https://kubernetes.default.svc)',
    abort: true,
  })
  .refine((url) => URL.canParse(url), {
    error: 'this is no URL that can be opened: look at its host and port (for example https://registry.acme.example:8081)',
  });

/** Addresses in CIDR notation, as a NetworkPolicy's ipBlock takes them; the API server checks the rest. */
export const cidr = z
  .string()
  .regex(/^(?:(?:\d{1,3}\.){3}\d{1,3}\/(?:3[0-2]|[12]?\d)|[0-9a-fA-F:]+\/(?:12[0-8]|1[01]\d|\d{1,2}))$/, {
    error: 'expected addresses in CIDR notation (for example 10.20.0.0/16)',
  })
  .meta({ examples: ['10.20.0.0/16'] });

/** A time in Flink's format, in whole units: `30s`, `10m`, `6h`, `7d`. */
export const flinkDuration = z.string().regex(/^[1-9]\d*(?:ms|s|m|min|h|d)$/, { error: "a time is in Flink's format (for example 6h)" });

/** A host name: of a listener, never with a port. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9{](?:[-a-zA-Z0-9{}]*[a-z0-9}])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/, { error: 'expected a host name (for example kafka.acme.example)' });

/** Where Helm charts are fetched: a chart repository or a registry. Never with credentials: Argo CD keeps those. */
export const chartRepository = z
  .string()
  .regex(/^(?:https:\/\/[^\s@?#]+|(?:oci:\/\/)?[a-z0-9][-a-z0-9.]*(?::\d+)?(?:\/[-a-z0-9._]+)+)$/, {
    error: 'expected the address of a chart repository without credentials (for example https://charts.acme.example/strimzi)',
  })
  .meta({ examples: ['https://charts.acme.example/strimzi'] });

/** The path of an entry in a secret manager. */
export const secretPath = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/, {
    error: 'expected the path of a secret without closing slash (for example streaming/prod/kafka)',
  })
  .meta({ examples: ['streaming/prod/kafka'] });
