import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { newestPlatform, platform, type FlinkVersion } from '@millrace/model';
import Handlebars from 'handlebars';
import * as z from 'zod';

import { pluginFor } from './flink/file-systems.js';

const JAVA_WORDS = new Set(
  (
    'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import ' +
    'instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient ' +
    'try void volatile while true false null'
  ).split(' '),
);

/** A Java package: it becomes a folder and the first line of every source file. */
export const javaPackage = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9]*(?:\.[a-z][a-z0-9]*)*$/, { error: 'a Java package has lower-case words with "." between (for example com.acme.orders)' })
  .refine((name) => name.split('.').every((word) => !JAVA_WORDS.has(word)), { error: 'a part of the package is a word of the Java language' })
  .meta({ examples: ['com.acme.orders'] });

/** What a job's source is made from. */
export interface JobProject {
  readonly pipeline: string;
  readonly job: string;
  readonly package: string;
  readonly flinkVersion: FlinkVersion;
  /** The topics that the scaffolded graph reads and writes, by key. */
  readonly input: string;
  readonly output: string;
  /** Where the environments keep state: the image has what opens these. */
  readonly storages: readonly string[];
}

/** The Kafka connector of each Flink minor for which there is a project. */
const CONNECTORS: Partial<Record<FlinkVersion, string>> = { v2_2: '5.0.0-2.2' };

/** Names that the project's own classes and every Java file have. */
const TAKEN = new Set([
  'Settings',
  'Credentials',
  'Kafka',
  'Message',
  'Total',
  'Totals',
  'Object',
  'String',
  'System',
  'Thread',
  'Record',
  'Process',
  'Integer',
  'Long',
  'Double',
  'Math',
]);

/** The main class of a job: `order-processor` is `OrderProcessor`. */
export function mainClass(job: string): string {
  const name = job
    .split('-')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
  return TAKEN.has(name) ? `${name}Job` : name;
}

const folder = fileURLToPath(new URL('../templates/job/', import.meta.url));

/**
 * The Maven project of a pipeline's job, by path under apps/<pipeline>/job/; nothing for a Flink version that we have
 * no project for. People own it from then on: it is written once.
 */
export function jobProject(project: JobProject): ReadonlyMap<string, string> {
  const connectorVersion = CONNECTORS[project.flinkVersion];
  const pin = platform(newestPlatform).flink[project.flinkVersion];
  if (connectorVersion === undefined || pin === undefined) return new Map();
  const { version, image } = pin;
  const className = mainClass(project.job);
  const context = {
    package: project.package,
    className,
    artifactId: project.pipeline,
    job: project.job,
    flinkVersion: version,
    connectorVersion,
    flinkImageTag: image.slice(image.indexOf(':') + 1),
    inputTopic: project.input,
    outputTopic: project.output,
    plugins: pluginsFor(project.storages),
  };
  return new Map(
    jobTemplates().map(({ path, template }) => [
      path
        .replace('__package__', project.package.replaceAll('.', '/'))
        .replace('__class__', className)
        .replace(/(^|\/)dot-/, '$1.'),
      template(context),
    ]),
  );
}

/** The plugins that open some storages, each once; where none is known yet, that of S3. */
function pluginsFor(storages: readonly string[]): readonly string[] {
  const plugins = (storages.length === 0 ? ['s3://'] : storages).flatMap((storage) => pluginFor(storage) ?? []);
  return [...new Set(plugins)].sort();
}

let templates: readonly { readonly path: string; readonly template: Handlebars.TemplateDelegate }[] | undefined;

function jobTemplates() {
  // Values are names that were checked; Java and XML take them as they are.
  templates ??= readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
    .map((file) => ({
      path: relative(folder, file)
        .split(sep)
        .join('/')
        .replace(/\.hbs$/, ''),
      template: Handlebars.compile(readFileSync(file, 'utf8'), { strict: true, noEscape: true, knownHelpersOnly: true }),
    }));
  return templates;
}
