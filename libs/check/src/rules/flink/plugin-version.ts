import { scalarText, textAt, type FieldPath } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf, type FlinkSpec } from './flink-spec.js';
import { formatVersion } from './flink-version.js';
import { flinkOf, imageOf, isStockImage } from './images.js';
import { containersOf, environmentOf, templatePaths } from './pod-templates.js';

const NAME = 'ENABLE_BUILT_IN_PLUGINS';

export const pluginVersion: ResourceRule = {
  id: 'flink/plugin-version',
  severity: 'error',
  title: 'The built-in plugins have the version of the image',
  source: 'R47; flink-docker, docker-entrypoint.sh (ENABLE_BUILT_IN_PLUGINS: the jar must be in /opt/flink/opt)',
  consequence: 'The entrypoint finds no such jar and exits: every pod is in CrashLoopBackOff.',
  fix: 'Write the file names in /opt/flink/opt of the image, separated by semicolons: `flink-s3-fs-presto-2.2.1.jar`.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    for (const { path, text } of enabled(flink)) {
      if (isSubstituted(text)) continue;
      for (const jar of text.split(';').map((each) => each.trim())) {
        const message = jar === '' ? undefined : mismatch(flink, jar);
        if (message !== undefined) yield { path, message };
      }
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: flink:2.2.1
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - {name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-presto-2.2.1.jar}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  image: flink:2.2.1
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - {name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-presto-2.2.0.jar}
`,
};

function* enabled(flink: FlinkSpec): Generator<{ readonly path: FieldPath; readonly text: string }> {
  for (const template of templatePaths) {
    for (const container of containersOf(flink, template)) {
      const variable = environmentOf(container, NAME);
      const text = scalarText(variable?.value);
      if (variable !== undefined && text !== undefined) yield { path: variable.path, text };
    }
  }
  for (const { key, text, path } of flink.settings.all) if (key.startsWith('containerized.') && key.endsWith(`.env.${NAME}`)) yield { path, text };
}

function mismatch({ spec, version }: FlinkSpec, jar: string): string | undefined {
  const [, minor, patch] = /^flink-.+-(\d+\.\d+)(?:\.(\d+))?[^/]*\.jar$/.exec(jar) ?? [];
  if (minor === undefined) return `${NAME} takes names of jars, such as flink-s3-fs-presto-2.2.1.jar, not ${jar}`;
  const text = textAt(spec, 'image') ?? '';
  const image = imageOf(text);
  const inside = isStockImage(image) ? flinkOf(image) : undefined;
  if (inside !== undefined) {
    const same = formatVersion(inside) === minor && (inside.patch === undefined || patch === undefined || inside.patch === Number(patch));
    return same ? undefined : `${jar} is not in the image ${text}, whose plugins have its own version`;
  }
  return version === undefined || formatVersion(version) === minor
    ? undefined
    : `${jar} is a plugin of Flink ${minor}, but flinkVersion says ${formatVersion(version)}`;
}
