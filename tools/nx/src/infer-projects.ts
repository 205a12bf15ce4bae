import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isKustomization, kustomizationNames, mentionedOutside } from '@millrace/kustomize';
import { createNodesFromFiles, type CreateNodes, type CreateNodesResult, type TargetConfiguration } from '@nx/devkit';

export const name = '@millrace/nx';

/**
 * A project for every pipeline, every environment and every overlay folder, named by its path. There are no edges between them: an
 * edge from an overlay to its pipeline would make every environment affected by a change of `next`. What an overlay
 * depends on is in the inputs of its targets, base by base.
 */
export const createNodes: CreateNodes = [
  `{apps/*/pipeline.yaml,environments/*/environment.yaml,${kustomizationNames.map((each) => `environments/**/${each}`).join(',')}}`,
  (files, options, context) => {
    const overlays = files.filter(isKustomization).map((file) => posix.dirname(file));
    const contents = contentsOf(overlays, context.workspaceRoot);
    return createNodesFromFiles(
      (file) => {
        if (file.startsWith('apps/')) return pipelineProject(file, context.workspaceRoot);
        if (file.endsWith('/environment.yaml')) return environmentProject(file, contents);
        return overlayProject(file, contents, context.workspaceRoot);
      },
      files,
      options,
      context,
    );
  },
];

/** The name that Nx before 23 asks for. */
export const createNodesV2 = createNodes;

function pipelineProject(file: string, workspaceRoot: string): CreateNodesResult {
  const root = posix.dirname(file);
  const team = teamOf(join(workspaceRoot, file));
  const job = existsSync(join(workspaceRoot, root, 'job/pom.xml'))
    ? { build: maven('package -DskipTests', ['{projectRoot}/job/target/*.jar']), test: maven('verify', ['{projectRoot}/job/target/surefire-reports']) }
    : {};
  const check = checkTarget(`the declared, generated and frozen files of ${root}`, [
    '{projectRoot}/**/*',
    '!{projectRoot}/job/**/*',
    // What follows next is checked against the versions of the first of them.
    '{workspaceRoot}/environments/*/environment.yaml',
  ]);
  const targets = { ...job, check };
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

/**
 * What overlays have to do with each other is one task for each environment: what they refer to is in all of them. What
 * environments have to do with each other is one task for all.
 */
function environmentProject(file: string, contents: ReadonlyMap<string, Contents>): CreateNodesResult {
  const root = posix.dirname(file);
  const name = posix.basename(root);
  const bases = basesIn(root, contents);
  const declarations = new Set(bases.filter((base) => base.startsWith('apps/')).map(declarationOf));
  const inputs = [folderInput(root), ...[...bases, ...declarations].sort().map(inputOf)];
  const check = checkTarget(`what the resources of ${name} refer to, and whether its generated files are fresh`, inputs);
  const across = checkTarget('what environments must not share with each other', [
    folderInput('environments'),
    ...basesIn('environments', contents).map(inputOf),
  ]);
  return {
    projects: {
      [root]: { name, root, tags: [`env:${name}`], targets: { check } },
      // Every environment gives it, in the same words.
      environments: { name: 'environments', root: 'environments', tags: [], targets: { check: across } },
    },
  };
}

/** `environments/prod/pipelines/orders/flink` is the project `prod/pipelines/orders/flink`. */
function overlayProject(file: string, contents: ReadonlyMap<string, Contents>, workspaceRoot: string): CreateNodesResult {
  const root = posix.dirname(file);
  const bases = basesIn(root, contents);
  // A pattern for each of thousands of overlays makes `nx affected` slow: the project's own files need none.
  const files = (contents.get(root)?.overlays ?? 0) > 1 ? folderInput(root) : '{projectRoot}/**/*';
  const path = root.slice('environments/'.length);
  const [environment = '', folder, pipeline] = path.split('/');
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
            inputs: [files, ...bases.map(inputOf), ...ENGINE],
            outputs: [`{workspaceRoot}/dist/${root}.yaml`],
            metadata: { description: `kustomize build ${root}` },
          },
          check: checkTarget(`every resource of ${root}, by itself`, [
            files,
            // It says which versions the overlay is checked against.
            `{workspaceRoot}/environments/${environment}/environment.yaml`,
            ...bases.map(inputOf),
          ]),
        },
      },
    },
  };
}

function checkTarget(what: string, inputs: readonly string[]): TargetConfiguration {
  return {
    executor: '@millrace/nx:check',
    cache: true,
    inputs: [...inputs, '{workspaceRoot}/millrace.yaml', '{workspaceRoot}/schemas/**/*', ...CHECKER],
    outputs: [],
    metadata: { description: `Check ${what}` },
  };
}

function inputOf(base: string): string {
  return /\.(?:ya?ml|json)$/.test(base) ? `{workspaceRoot}/${base}` : folderInput(base);
}

/** All that lies in a folder. `{projectRoot}` would leave out what lies in projects within it: Nx gives each file to the deepest one alone. */
function folderInput(folder: string): string {
  return `{workspaceRoot}/${folder}/**/*`;
}

/** What lies in a folder: how many overlays, itself among them, and what they are built on. */
interface Contents {
  overlays: number;
  readonly bases: Set<string>;
}

/** The contents of each overlay and of the folders that it lies in, by path. */
function contentsOf(overlays: readonly string[], workspaceRoot: string): ReadonlyMap<string, Contents> {
  const contents = new Map<string, Contents>();
  for (const overlay of overlays) {
    const bases = [...mentionedBy(overlay, workspaceRoot, new Set())];
    for (let folder = overlay; folder !== '.'; folder = posix.dirname(folder)) {
      const known = contents.get(folder) ?? { overlays: 0, bases: new Set() };
      contents.set(folder, known);
      known.overlays += 1;
      for (const base of bases) known.bases.add(base);
    }
  }
  return contents;
}

function basesIn(folder: string, contents: ReadonlyMap<string, Contents>): readonly string[] {
  return [...(contents.get(folder)?.bases ?? [])].sort();
}

/** What a kustomization mentions outside its folder, and what that mentions. */
function* mentionedBy(folder: string, workspaceRoot: string, seen: Set<string>): Generator<string> {
  for (const reference of mentionedOutside(kustomizationOf(join(workspaceRoot, folder)))) {
    const base = posix.join(folder, reference);
    if (base.startsWith('..') || seen.has(base)) continue;
    seen.add(base);
    yield base;
    yield* mentionedBy(base, workspaceRoot, seen);
  }
}

/** The kustomization of a folder; no text where it has none. */
function kustomizationOf(folder: string): string {
  const file = kustomizationNames.map((each) => join(folder, each)).find((path) => existsSync(path));
  return file === undefined ? '' : textOf(file);
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

/** New rules and new schemas check anew. */
const CHECKER: Exclude<TargetConfiguration['inputs'], undefined> = isInstalled()
  ? [{ externalDependencies: ['@millrace/check', '@millrace/apiserver', '@millrace/kustomize', '@millrace/manifests'] }]
  : ['{workspaceRoot}/libs/*/src/**/*', '{workspaceRoot}/libs/manifests/templates/**/*', '{workspaceRoot}/libs/*/assets/**/*.json'];

function isInstalled(): boolean {
  return dirname(fileURLToPath(import.meta.resolve('@millrace/kustomize')))
    .split(/[\\/]/)
    .includes('node_modules');
}
