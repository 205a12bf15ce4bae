import type { Package } from './publishable.js';

/** What a package may hold, by path; all else is a leftover. `source` is the file that a compiled one comes from. */
const NEEDED: readonly { readonly path: RegExp; readonly source?: (path: string) => string }[] = [
  { path: /^(?:package\.json|README\.md|LICENSE)$/ },
  { path: /^bin\/[a-z-]+\.js$/ },
  { path: /^dist\/(?!.*\.(?:spec|fixture)\.).+\.(?:js|d\.ts)$/, source: (path) => path.replace(/^dist\//, 'src/').replace(/\.(?:js|d\.ts)$/, '.ts') },
  // What the build writes for Nx, and what Nx reads beside it.
  { path: /^dist\/(?:generators\.json|schemas\/[a-z-]+\.json)$/ },
  { path: /^(?:(?:executors|generators)|(?:dist\/)?migrations)\.json$/ },
  { path: /^schemas\/[a-z-]+\.json$/ },
  { path: /^templates\/.+\.(?:hbs|lua)$/ },
  { path: /^assets\/(?:[a-z]+\.wasm\.br|[a-z]+\.json)$/ },
  { path: /^assets\/schemas\/[\d.]+\.(?:json|txt\.br)$/ },
];

/**
 * What is wrong with the list of files of a packed package: files that nobody needs (specs, fixtures, build state, sources
 * of the embedded modules), compiled files whose source is gone, and files that are missing.
 */
export function contentProblems({ manifest }: Package, files: readonly string[], hasSource: (path: string) => boolean): readonly string[] {
  const there = new Set(files);
  const superfluous = files.flatMap((path) => {
    const needed = NEEDED.find((each) => each.path.test(path));
    if (needed === undefined) return [`${path} is packed, and nobody needs it`];
    return needed.source === undefined || hasSource(needed.source(path)) ? [] : [`${path} is packed, and its source is gone: remove dist/ and build again`];
  });
  const entries = Object.values(manifest.exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  const named = [...entries, ...Object.values(manifest.bin)].map((path) => path.replace(/^\.\//, ''));
  const missing = ['package.json', 'README.md', 'LICENSE', ...named].filter((path) => !there.has(path));
  return [...superfluous, ...new Set(missing.map((path) => `${path} is not packed`))];
}
