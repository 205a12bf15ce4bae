import { hasField, listAt, scalarText, textAt } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import { type FlinkSpec } from './flink-spec.js';
import { imageOf, isStockImage } from './images.js';
import { MAIN_CONTAINER } from '../pods.js';
import { containersOf, environmentOf, templatePaths, type TemplateContainer } from './pod-templates.js';

const plugins: Readonly<Record<string, string>> = {
  s3: 'flink-s3-fs-presto or flink-s3-fs-hadoop',
  s3a: 'flink-s3-fs-hadoop',
  s3p: 'flink-s3-fs-presto',
  gs: 'flink-gs-fs-hadoop',
  abfs: 'flink-azure-fs-hadoop',
  abfss: 'flink-azure-fs-hadoop',
  wasb: 'flink-azure-fs-hadoop',
  wasbs: 'flink-azure-fs-hadoop',
  oss: 'flink-oss-fs-hadoop',
};

/** The scheme of a URI, in lower case; undefined where it has none. */
export function schemeOf(uri: string): string | undefined {
  return /^([a-z][a-z\d+.-]*):/i.exec(uri.trim())?.[1]?.toLowerCase();
}

/** The plugin that a file system needs and that the stock image does not load by itself. */
export function pluginOf(scheme: string | undefined): string | undefined {
  return scheme !== undefined && Object.hasOwn(plugins, scheme) ? plugins[scheme] : undefined;
}

/**
 * Whether pods can have no file system plugin: the image is the stock one or the default, and nothing in the spec brings a plugin.
 * Whatever could bring one that is not seen here counts as one.
 */
export function lacksPlugins(flink: FlinkSpec): boolean {
  const image = textAt(flink.spec, 'image');
  if (image !== undefined && (isSubstituted(image) || !isStockImage(imageOf(image)))) return false;
  // An image that is set in the configuration, under either name of the option.
  if (flink.settings.option('kubernetes.container.image.ref') !== undefined) return false;
  return !mayBringPlugins(flink);
}

/**
 * The jars that pods load by name, where the image is the stock one and nothing else can bring a plugin: none where nothing is
 * said. Undefined where it is not known what they load.
 */
export function loadedJars(flink: FlinkSpec): readonly string[] | undefined {
  if (lacksPlugins(flink)) return [];
  const image = textAt(flink.spec, 'image');
  if (image === undefined || isSubstituted(image) || !isStockImage(imageOf(image)) || bringsBySettings(flink)) return undefined;
  const jars: string[] = [];
  for (const each of templatePaths.flatMap((template) => [...containersOf(flink, template)])) {
    if (each.name !== MAIN_CONTAINER) continue;
    const text = scalarText(environmentOf(each, ENABLED)?.value);
    if (mayLoadUnnamed(each) || text === undefined || isSubstituted(text)) return undefined;
    jars.push(...text.split(';').map((jar) => jar.trim()));
  }
  return jars;
}

const ENABLED = 'ENABLE_BUILT_IN_PLUGINS';

/** Whether something in the spec, beside the image, may bring a file system plugin. */
export function mayBringPlugins(flink: FlinkSpec): boolean {
  if (bringsBySettings(flink)) return true;
  return templatePaths.some((template) => [...containersOf(flink, template)].some((each) => each.name === MAIN_CONTAINER && mayLoad(each)));
}

function bringsBySettings({ settings }: FlinkSpec): boolean {
  if (settings.option('kubernetes.container.image.ref') !== undefined) return true;
  return settings.all.some(({ key }) => key.endsWith(`.env.${ENABLED}`) || key.startsWith('kubernetes.pod-template-file'));
}

/** Whether a container of Flink may load plugins: it enables them, mounts them, or does not run the entrypoint of the stock image. */
function mayLoad(each: TemplateContainer): boolean {
  return environmentOf(each, ENABLED) !== undefined || mayLoadUnnamed(each);
}

function mayLoadUnnamed(each: TemplateContainer): boolean {
  if (['envFrom', 'command', 'args', 'image'].some((field) => hasField(each.container, field))) return true;
  return listAt(each.container, 'volumeMounts').some((mount) => /^\/opt\/flink\/?(?:$|plugins|lib)/.test(textAt(mount, 'mountPath') ?? ''));
}
