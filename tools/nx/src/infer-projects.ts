import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createNodesFromFiles, type CreateNodes, type CreateNodesResult, type TargetConfiguration } from '@nx/devkit';

export const name = '@millrace/nx';

/**
 * A project for every pipeline and for every overlay folder, named by its path. There are no edges between them: an
 * edge from an overlay to its pipeline would make every environment affected by a change of `next`. What an overlay
 * depends on is in the inputs of its targets, base by base.
 */
export const createNodes: CreateNodes = [
  '{apps/*/pipeline.yaml,environments/**/kustomization.yaml}',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => (file.startsWith('apps/') ? pipelineProject(file, context.workspaceRoot) : overlayProject(file, context.workspaceRoot)),
      files,
      options,
      context,
    ),
];

/** The name that Nx before 23 asks for. */
export const createNodesV2 = createNodes;

function pipelineProject(file: string, workspaceRoot: string): CreateNodesResult {
  const root = posix.dirname(file);
  const team = teamOf(join(workspaceRoot, file));
  const targets = existsSync(join(workspaceRoot, root, 'job/pom.xml'))
    ? { build: maven('package -DskipTests', ['{projectRoot}/job/target/*.jar']), test: maven('verify', ['{projectRoot}/job/target/surefire-reports']) }
    : {};
  const tags = [`pipeline:${posix.basename(root)}`, ...(team === undefined ? [] : [`team:${team}`])];
  return { projects: { [root]: { name: root, root, tags, targets } } };
}

function maven(goal: string, outputs: readonly string[]): TargetConfiguration {
  return {
    executor: 'nx:run-commands',
    options: { command: `mvn --batch-mode --quiet ${goal}`, cwd: '{projectRoot}/job' },
    cache: true,
    inputs: ['{projectRoot}/job/**/*', '!{projectRoot}/job/target/**/*'],
    outputs: [...outputs],
  };
}

/** `environments/prod/pipelines/orders/flink` is the project `prod/pipelines/orders/flink`. */
function overlayProject(file: string, workspaceRoot: string): CreateNodesResult {
  const root = posix.dirname(file);
  const path = root.slice('environments/'.length);
  const [environment = '', folder, pipeline] = path.split('/');
  const bases = [...basesOf(root, workspaceRoot, new Set())].sort();
  const placed = folder === 'pipelines' && pipeline !== undefined;
  const team = placed ? bases.flatMap((base) => teamOf(join(workspaceRoot, declarationOf(base))) ?? [])[0] : undefined;
  return {
    projects: {
      [root]: {
        name: path,
        root,
        tags: [`env:${environment}`, ...(placed ? [`pipeline:${pipeline}`] : []), ...(team === undefined ? [] : [`team:${team}`])],
        targets: {
          render: {
            executor: '@millrace/nx:render',
            cache: true,
            inputs: [
              '{projectRoot}/**/*',
              ...bases.map((base) => (/\.(?:ya?ml|json)$/.test(base) ? `{workspaceRoot}/${base}` : `{workspaceRoot}/${base}/**/*`)),
              ...ENGINE,
            ],
            outputs: [`{workspaceRoot}/dist/${root}.yaml`],
            metadata: { description: `kustomize build ${root}` },
          },
        },
      },
    },
  };
}

/**
 * What a kustomization mentions outside its folder, and what that mentions: every word that starts with `../`. Reading
 * words instead of YAML takes a fraction of the time for thousands of overlays, and cannot miss a field that kustomize has.
 */
function* basesOf(folder: string, workspaceRoot: string, seen: Set<string>): Generator<string> {
  for (const [, reference = ''] of textOf(join(workspaceRoot, folder, 'kustomization.yaml')).matchAll(/(?:^|[\s"'[,])(\.\.\/[^\s"',\]}]+)/gm)) {
    const base = posix.join(folder, reference);
    if (base.startsWith('..') || seen.has(base)) continue;
    seen.add(base);
    yield base;
    yield* basesOf(base, workspaceRoot, seen);
  }
}

/** The pipeline.yaml that a base was made from: beside `next`, or in the release. */
function declarationOf(base: string): string {
  const folder = posix.dirname(base);
  return folder.endsWith('/next') ? `${posix.dirname(folder)}/pipeline.yaml` : `${folder}/pipeline.yaml`;
}

/** The team that a pipeline.yaml names. */
function teamOf(file: string): string | undefined {
  return /^team:\s*["']?([a-z0-9-]+)/m.exec(textOf(file))?.[1];
}

/** A file's text; none where it is not there: the graph stays whole, and `sync` says what is wrong. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A new engine renders anew: the package where it is installed, its sources in Millrace's own repository. */
const ENGINE: Exclude<TargetConfiguration['inputs'], undefined> = isInstalled()
  ? [{ externalDependencies: ['@millrace/kustomize'] }]
  : ['{workspaceRoot}/libs/kustomize/assets/kustomize.json', '{workspaceRoot}/libs/kustomize/src/**/*'];

function isInstalled(): boolean {
  return dirname(fileURLToPath(import.meta.resolve('@millrace/kustomize')))
    .split(/[\\/]/)
    .includes('node_modules');
}
