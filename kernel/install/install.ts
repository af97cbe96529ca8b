// Installs this kernel in a Jupyter, and removes it. It replaces nothing else, and whatever ends it, Jupyter
// has the old kernel or the new one: kernel.json is written last and removed first.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { kernelName } from '../notebook/kernelspecMetadata.js';
import { readKernelspec, usedHomes } from './findKernelspecs.js';
import { homeName, isComplete, makeHome, removeHomes, rootIn } from './home.js';
import { namesIn } from './namesIn.js';
import { NpmFailed } from './npm.js';
import { removeUnusedRenderer, writeRenderer } from './renderer.js';
import {
  type SpecOptions,
  fillKernelspec,
  kernelJson,
  kernelJsonText,
  resourceNames,
  resources,
} from './kernelspec.js';

/** A refusal or a failure that the user can fix. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

export interface InstallOptions extends SpecOptions {
  name?: string;
  /** Replace a kernelspec of the same name. */
  force?: boolean;
  /** Told what takes its time. */
  say?: (line: string) => void;
}

export interface Installed {
  readonly folder: string;
  readonly outcome: 'installed' | 'replaced' | 'unchanged';
  readonly displayName: string;
  readonly argv: readonly string[];
}

/**
 * Writes `kernels/NAME` under a data folder of Jupyter; where this package lacks what the kernel needs, npm
 * puts both into a folder of their own there (home.ts).
 * @throws InstallError for a name that Jupyter does not accept, another kernelspec of that name, a folder
 * that cannot be written, or npm's failure
 */
export function installKernel(dataFolder: string, options: InstallOptions = {}): Installed {
  const name = checkedName(options.name ?? kernelName);
  const folder = join(dataFolder, 'kernels', name);
  const isThere = existsSync(join(folder, 'kernel.json'));
  const place = placeOf(dataFolder, options);
  const spec = kernelJson({ ...options, ...place });
  const done = { folder, displayName: spec.display_name, argv: spec.argv };
  if (
    isThere &&
    !options.force &&
    readFileSync(join(folder, 'kernel.json'), 'utf8') !== kernelJsonText(spec)
  ) {
    throw new InstallError(`${describe(folder)}; fix: --force replaces it, --name NAME goes beside it`);
  }
  if (place.home !== undefined)
    writing(folder, () => makeHome(dataFolder, options.say ?? (() => {}), options));
  if (isThere && holds(folder, kernelJsonText(spec), place.root)) {
    writing(folder, () => {
      if (options.force) removeOthers(folder);
      writeRenderer(dataFolder);
    });
    return { ...done, outcome: 'unchanged' };
  }
  writing(folder, () => {
    removeLinks(folder);
    fillKernelspec(folder, spec, place.root);
    if (isThere) removeOthers(folder);
    writeRenderer(dataFolder);
    removeUnusedHomes(dataFolder);
  });
  return { ...done, outcome: isThere ? 'replaced' : 'installed' };
}

/**
 * Removes `kernels/NAME` under a data folder, and the kernel's own folder if it was the last that starts
 * there; returns their paths.
 * @throws InstallError if there is none, or it belongs to another kernel
 */
export function uninstallKernel(dataFolder: string, name = kernelName): string[] {
  const folder = join(dataFolder, 'kernels', checkedName(name));
  const isThere = existsSync(join(folder, 'kernel.json'));
  if (!isThere) throw new InstallError(`there is no kernelspec ${folder}; npx emtd kernel status lists all`);
  if (!readKernelspec(folder).ours) {
    throw new InstallError(`${describe(folder)}, not EMTD Lab's; fix: jupyter kernelspec remove ${name}`);
  }
  return writing(folder, () => {
    removeLinks(folder);
    rmSync(join(folder, 'kernel.json'), { force: true });
    rmSync(folder, { recursive: true, force: true });
    removeUnusedRenderer(dataFolder);
    return [folder, ...removeUnusedHomes(dataFolder)];
  });
}

/** Jupyter's rule (jupyter_client, kernelspec.py); it looks kernels up in lower case. */
export function checkedName(name: string): string {
  if (!/^[a-z0-9._-]+$/i.test(name) || /^\.+$/.test(name)) {
    throw new InstallError(
      `--name must be of letters, digits, ".", "_" and "-", got ${JSON.stringify(name)}`,
    );
  }
  return name.toLowerCase();
}

/**
 * The package that the kernel starts from: this one where it has all, else the one in a folder of the
 * kernel's own.
 */
function placeOf(dataFolder: string, { compiler }: SpecOptions): { root?: string; home?: string } {
  if (isComplete(compiler)) return {};
  const home = homeName(compiler);
  return { home, root: rootIn(dataFolder, home) };
}

/**
 * Folders of kernels that no kernelspec here starts any more: of an earlier version, or after the last was
 * removed.
 */
function removeUnusedHomes(dataFolder: string): string[] {
  const used = usedHomes(dataFolder);
  return removeHomes(dataFolder, (name) => used.includes(name));
}

/** Whether the folder already has the content to write. */
function holds(folder: string, text: string, root?: string): boolean {
  if (readFileSync(join(folder, 'kernel.json'), 'utf8') !== text) return false;
  return Object.entries(resources(root)).every(([name, from]) => {
    const there = join(folder, name);
    return existsSync(there) && readFileSync(there).equals(readFileSync(from));
  });
}

/** Symbolic links go before anything is written or removed: what they point to belongs to others. */
function removeLinks(folder: string): void {
  const isLink = (path: string): boolean =>
    lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const links = isLink(folder)
    ? [folder]
    : namesIn(folder)
        .map((name) => join(folder, name))
        .filter(isLink);
  for (const link of links) rmSync(link);
}

/** What an earlier kernelspec, or an install that was killed, has left. */
function removeOthers(folder: string): void {
  const own = ['kernel.json', ...resourceNames];
  for (const name of namesIn(folder))
    if (!own.includes(name)) rmSync(join(folder, name), { recursive: true });
}

function describe(folder: string): string {
  const { displayName, ours } = readKernelspec(folder);
  const what = ours ? `version ${ours.version} of this kernel, set up otherwise` : displayName;
  return `${folder} is already there (${what})`;
}

function writing<Result>(folder: string, work: () => Result): Result {
  try {
    mkdirSync(join(folder, '..'), { recursive: true });
    return work();
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof NpmFailed) throw new InstallError(message);
    throw new InstallError(
      `${folder} cannot be written (${message}); fix: --user, or --prefix DIR with a folder of yours`,
    );
  }
}
