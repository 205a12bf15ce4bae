import { isAbsolute } from 'node:path';

/** The layouts that ship, oldest first: the last one and, while repositories move to it, the one before. */
const SHIPPED: readonly [number, ...number[]] = [1];
const newestShipped = SHIPPED[SHIPPED.length - 1] ?? SHIPPED[0];

/** The number of the layout after the newest that ships, and the module that is it: for those who work on it. */
export interface PreviewLayout {
  readonly number: number;
  /** Absolute path of a CommonJS module; libs/manifests says what it exports. */
  readonly module: string;
}

/**
 * A layout that does not ship yet exists only where MILLRACE_PREVIEW_LAYOUT names its module. The variable is read here
 * and nowhere else; whoever may set it may run code anyway, as with NODE_OPTIONS.
 */
export const previewLayout: PreviewLayout | undefined = readPreview(process.env['MILLRACE_PREVIEW_LAYOUT']);

/** The newest generation of templates: what `migrate` moves to, and what a new repository starts with. */
export const newestLayout: number = previewLayout?.number ?? newestShipped;

/** Every generation of templates that this Millrace makes, oldest first. An environment is in one of them. */
export const LAYOUTS: readonly [number, ...number[]] = previewLayout === undefined ? SHIPPED : [...SHIPPED, previewLayout.number];

function readPreview(module: string | undefined): PreviewLayout | undefined {
  if (module === undefined || module === '') return undefined;
  if (!isAbsolute(module)) throw new Error(`MILLRACE_PREVIEW_LAYOUT is ${module}: expected the absolute path of a layout's module, or nothing`);
  return { number: newestShipped + 1, module };
}
