// The kernel's own folder, where it cannot start from this very package: the package again with what the
// kernel needs, at the versions that it is tested with, so that a project keeps its own TypeScript. npm makes
// it from a lockfile that the package carries:
//   DATA/emtd-lab/VERSION-SOURCES/package.json, package-lock.json, emtd-lab-VERSION.tgz, node_modules
// It is made beside its place and renamed: it is there whole or not at all.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CompilerName } from '../wire/compilerNames.js';
import { isAlive } from '../wire/isAlive.js';
import { buildName, kernelPackages, manifest, missingPackages, packageRoot } from '../wire/ownPackage.js';
import { type LockedPackages, lockedWith } from './lockfile.js';
import { namesIn } from './namesIn.js';
import { npm } from './npm.js';

/** Whether a kernel can start from this very package: all is beside it, and it stays. */
export const isComplete = (compiler?: CompilerName): boolean =>
  missingPackages(compiler).length === 0 && !isDisposable(packageRoot);

/** Whether a path is in a cache of npx or pnpm dlx, which may be deleted at any time. */
export const isDisposable = (path: string): boolean => /[\\/](_npx|dlx|dlx-[^\\/]*)[\\/]/.test(path);

const homesIn = (dataFolder: string): string => join(dataFolder, manifest.name);

/** The name of this build's folder. */
export const homeName = (compiler?: CompilerName): string =>
  `${buildName()}${compiler === 'tslab' ? '-tslab' : ''}`;

/** The package in the folder of that name. */
export const rootIn = (dataFolder: string, name: string): string =>
  join(homesIn(dataFolder), name, 'node_modules', manifest.name);

interface Making {
  compiler?: CompilerName;
  /** This package, packed; npm packs it by default. */
  tarball?: string;
}

/**
 * Makes this build's folder under a data folder of Jupyter, unless it is there; returns its name.
 * @param say told what is done
 * @throws NpmFailed where npm is missing or fails; then nothing is left behind
 */
export function makeHome(
  dataFolder: string,
  say: (line: string) => void,
  { compiler, tarball }: Making = {},
): string {
  const name = homeName(compiler);
  const home = join(homesIn(dataFolder), name);
  removeHomes(dataFolder, () => true);
  if (existsSync(rootIn(dataFolder, name))) return name;
  rmSync(home, { recursive: true, force: true });
  say(`npm puts emtd-lab ${manifest.version} with ${kernelPackages(compiler).join(', ')} into ${home}, once`);
  const beside = `${home}.${process.pid}`;
  try {
    mkdirSync(beside, { recursive: true });
    const packed = `${manifest.name}-${manifest.version}.tgz`;
    if (tarball === undefined) npm(beside, 'pack', packageRoot, '--ignore-scripts');
    else copyFileSync(tarball, join(beside, packed));
    writeManifests(beside, `file:${packed}`, compiler);
    npm(beside, 'ci', '--ignore-scripts', '--include=optional', '--no-audit', '--no-fund');
    if (!existsSync(home)) renameSync(beside, home); // another process may have made it meanwhile
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return name;
}

/**
 * Removes the folders that are not used, and what a process that was killed has left; returns their paths.
 */
export function removeHomes(dataFolder: string, isUsed: (name: string) => boolean): string[] {
  const folder = homesIn(dataFolder);
  const names = namesIn(folder);
  const unwanted = names.filter((name) => {
    const maker = /-[0-9a-f]{12}(?:-tslab)?\.(\d+)$/.exec(name)?.[1];
    return maker === undefined ? !isUsed(name) : !isAlive(Number(maker));
  });
  const paths = unwanted.map((name) => join(folder, name));
  for (const path of paths) rmSync(path, { recursive: true, force: true });
  if (names.length > 0 && names.length === unwanted.length) rmSync(folder, { recursive: true });
  return paths;
}

/** package.json and package-lock.json: the library's own dependencies, and the kernel's packages. */
function writeManifests(folder: string, packed: string, compiler?: CompilerName): void {
  const { packages: all } = JSON.parse(readFileSync(new URL('./lock.json', import.meta.url), 'utf8')) as {
    packages: LockedPackages;
  };
  const { '': library } = all;
  const pinned = Object.fromEntries(
    kernelPackages(compiler).map((name) => [name, manifest.devDependencies[name]!]),
  );
  const root = {
    name: 'emtd-lab-kernel',
    private: true,
    dependencies: { [manifest.name]: packed, ...pinned },
  };
  const packages = {
    '': root,
    [`node_modules/${manifest.name}`]: { ...library, resolved: packed },
    ...lockedWith([...Object.keys(library!.dependencies!), ...Object.keys(pinned)], all),
  };
  const write = (name: string, content: object): void =>
    writeFileSync(join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`);
  write('package.json', root);
  write('package-lock.json', { name: root.name, lockfileVersion: 3, requires: true, packages });
}
