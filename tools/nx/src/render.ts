import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { openRenderer, startQuickly, type Engine, type Rendered, type Renderer } from '@millrace/kustomize';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';

import { asTheyAreDone } from './as-they-are-done.js';

/** Options of the executor `render`, as schemas/render.json has them. */
export interface RenderOptions {
  readonly engine?: Engine;
}

/** Renders one overlay to dist/<overlay>.yaml. */
export default async function render({ engine = 'embedded' }: RenderOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const overlay = context.projectsConfigurations.projects[context.projectName ?? '']?.root;
  if (overlay === undefined) throw new Error(`render: there is no project ${context.projectName ?? ''}`);
  await refuseHalfWritten(context.root);
  await using renderer = openRenderer({ source: { root: context.root }, engine });
  const { success, terminalOutput } = await renderTo(context.root, renderer, overlay);
  (success ? process.stdout : process.stderr).write(`${terminalOutput}\n`);
  return { success };
}

/** The same for many overlays in one process; each reports its own success as it is done. */
export async function* renderBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, RenderOptions>>,
  _overrides: RenderOptions,
  context: ExecutorContext,
): AsyncGenerator<{ task: string; result: { success: boolean; terminalOutput: string } }> {
  await refuseHalfWritten(context.root);
  startQuickly();
  const renderers = new Map<Engine, Renderer>();
  const started = Object.values(taskGraph.tasks).map(async (task) => {
    const engine = options[task.id]?.engine ?? 'embedded';
    let renderer = renderers.get(engine);
    if (renderer === undefined) renderers.set(engine, (renderer = openRenderer({ source: { root: context.root }, engine })));
    const overlay = task.projectRoot ?? context.projectsConfigurations.projects[task.target.project]?.root ?? '';
    return { task: task.id, result: await renderTo(context.root, renderer, overlay) };
  });
  try {
    yield* asTheyAreDone(started);
  } finally {
    await Promise.all([...renderers.values()].map((renderer) => renderer.close()));
  }
}

/** What is refused is seldom there, and the library that knows it takes as long to load as an overlay to render. */
async function refuseHalfWritten(root: string): Promise<void> {
  if (existsSync(join(root, '.millrace/writing'))) (await import('@millrace/workspace')).refuseHalfWritten(root);
}

/** What fails here fails for this overlay alone, whether it cannot be rendered or not be written. */
async function renderTo(root: string, renderer: Renderer, overlay: string): Promise<{ success: boolean; terminalOutput: string }> {
  try {
    const rendered = await renderer.render(overlay);
    if (rendered.kind === 'rendered') {
      const file = join(root, 'dist', `${overlay}.yaml`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, rendered.yaml);
    }
    return { success: rendered.kind === 'rendered', terminalOutput: say(rendered) };
  } catch (error) {
    return { success: false, terminalOutput: `${overlay}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function say(rendered: Rendered): string {
  if (rendered.kind === 'failed') return `${rendered.overlay}: ${rendered.message}`;
  return [`dist/${rendered.overlay}.yaml`, ...rendered.warnings].join('\n');
}
