// The seam to Node: its modules, asked for when they are used, and the files of this package. A page has
// neither and loads the library all the same; `npm run lint` sees to it that the library imports no module of
// Node elsewhere, and uses no global name of Node.

interface Modules {
  'node:async_hooks': typeof import('node:async_hooks');
  'node:child_process': typeof import('node:child_process');
  'node:crypto': typeof import('node:crypto');
  'node:fs': typeof import('node:fs');
  'node:module': typeof import('node:module');
  'node:os': typeof import('node:os');
  'node:path': typeof import('node:path');
  'node:process': typeof import('node:process');
  'node:url': typeof import('node:url');
  'node:util': typeof import('node:util');
  'node:worker_threads': typeof import('node:worker_threads');
}

/** A module of Node; undefined in a page. */
export const builtin = <Name extends keyof Modules>(name: Name): Modules[Name] | undefined =>
  (globalThis.process as NodeJS.Process | undefined)?.getBuiltinModule?.(name) as Modules[Name] | undefined;

/**
 * A module of Node that the caller cannot go without.
 * @throws Error `saveFigure: needs Node, a page has no node:fs`
 */
export function need<Name extends keyof Modules>(caller: string, name: Name): Modules[Name] {
  const found = builtin(name);
  if (!found) throw new Error(`${caller}: needs Node, a page has no ${name}`);
  return found;
}

/**
 * The path of a file of this package, by its path from the package's folder, wherever in the package this
 * code runs.
 */
export const ownFile = (path: string): string =>
  builtin('node:module')
    ?.createRequire(import.meta.url)
    .resolve('emtd-lab/package.json')
    .replace(/package[.]json$/, () => path) ?? path;

/** Under this name a page of the lab's own site puts the texts of files of this package, by path. */
export const pageFiles: unique symbol = Symbol.for('emtd.files');

/** The text of a file of this package. @throws Error where it cannot be read, and in a page that lacks it */
export function readOwnFile(caller: string, path: string): string {
  const carried = (globalThis as { [pageFiles]?: ReadonlyMap<string, string> })[pageFiles]?.get(path);
  return carried ?? need(caller, 'node:fs').readFileSync(ownFile(path), 'utf8');
}
