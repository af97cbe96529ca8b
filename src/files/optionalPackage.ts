// Packages that only some uses of the lab need: figures, data frames, a GPU. They are optional peers, loaded
// when they are first used. One may lie beside the lab, beside the program that runs (a kernel has its own
// packages), or in the folder where it runs. Node's modules are asked for when they are needed, so that a
// page can load this file.
import { builtin, need } from './node.js';

/** Figures need all four. If one is missing, the error says to install all four. */
export const figurePackages: readonly string[] = [
  'plotly.js-dist-min',
  'jsdom',
  '@napi-rs/canvas',
  '@resvg/resvg-js',
];

/**
 * Loads a package that may not be installed.
 * @param caller the public function that needs it
 * @throws Error `renderPng: needs jsdom; npm install ...` where it is not, with the versions that the lab is
 * tested with
 * @example const { JSDOM } = optionalPackage<Dom>('renderPng', 'jsdom');
 */
export function optionalPackage<Package>(caller: string, name: string): Package {
  return requireAt(import.meta.url)(locatePackage(caller, name)) as Package;
}

/**
 * The path of the main file of a package, or of a file in it (`jsdom/package.json`).
 * @throws Error as `optionalPackage`
 */
export function locatePackage(caller: string, name: string): string {
  need(caller, 'node:module');
  const path = findPackage(name);
  if (path === undefined)
    throw new Error(`${caller}: needs ${packageOf(name)}; ${installLine(packageOf(name))}`);
  return path;
}

/** As `locatePackage`; undefined where the package is not installed, and in a page. */
export function findPackage(name: string): string | undefined {
  const process = builtin('node:process');
  if (!process) return undefined;
  const {
    argv: [, program],
    cwd,
  } = process;
  for (const place of [import.meta.url, ...(program === undefined ? [] : [program]), `${cwd()}/program.js`]) {
    try {
      return requireAt(place).resolve(name);
    } catch {
      // the next place
    }
  }
  return undefined;
}

/** `npm install jsdom@26.1.0 ...`: a package, and those that the same use needs. */
export function installLine(name: string): string {
  const { devDependencies, peerDependencies } = requireAt(import.meta.url)('emtd-lab/package.json') as Record<
    string,
    Record<string, string>
  >;
  const names = figurePackages.includes(name) ? figurePackages : [name];
  return `npm install ${names.map((one) => `${one}@${devDependencies[one] ?? peerDependencies[one]}`).join(' ')}`;
}

const requireAt = (place: string): NodeJS.Require =>
  need('optionalPackage', 'node:module').createRequire(place);

/** The package that a specifier names: `@a/b` of `@a/b/file.js`. */
const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
