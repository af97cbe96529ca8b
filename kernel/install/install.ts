// Installs this kernel in a Jupyter, and removes it. It replaces nothing else, and whatever ends it, Jupyter has the old kernel
// or the new one: kernel.json is written last and removed first.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { readKernelspec } from './findKernelspecs.js';
import { namesIn } from './namesIn.js';
import { removeUnusedRenderer, writeRenderer } from './renderer.js';
import { type SpecOptions, fillKernelspec, kernelJson, kernelJsonText, resources } from './kernelspec.js';
import { kernelName } from '../notebook/kernelspecMetadata.js';
import { requireOfTslab } from '../wire/tslabPackage.js';

/** A refusal or a failure that the user can fix. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

export interface InstallOptions extends SpecOptions {
  name?: string;
  /** Replace a kernelspec of the same name. */
  force?: boolean;
}

export interface Installed {
  readonly folder: string;
  readonly outcome: 'installed' | 'replaced' | 'unchanged';
  readonly displayName: string;
  readonly argv: readonly string[];
}

/**
 * Writes `kernels/NAME` under a data folder of Jupyter.
 * @throws InstallError for a name that Jupyter does not accept, a compiler that is not installed, a kernel in a temporary
 * place, another kernelspec of that name, or a folder that cannot be written
 */
export function installKernel(dataFolder: string, options: InstallOptions = {}): Installed {
  const name = checkedName(options.name ?? kernelName);
  const spec = kernelJson(options);
  if (options.compiler === 'tslab') refuseMissingTslab();
  refuseUnstable(spec.argv);
  const folder = join(dataFolder, 'kernels', name);
  const done = { folder, displayName: spec.display_name, argv: spec.argv };
  const isThere = existsSync(join(folder, 'kernel.json'));
  if (isThere) {
    if (holds(folder, kernelJsonText(spec))) {
      writing(folder, () => {
        if (options.force) removeOthers(folder);
        writeRenderer(dataFolder);
      });
      return { ...done, outcome: 'unchanged' };
    }
    if (!options.force) throw new InstallError(`${describe(folder)}; fix: --force replaces it, --name NAME goes beside it`);
  }
  writing(folder, () => {
    removeLinks(folder);
    fillKernelspec(folder, spec);
    if (isThere) removeOthers(folder);
    writeRenderer(dataFolder);
  });
  return { ...done, outcome: isThere ? 'replaced' : 'installed' };
}

/**
 * Removes `kernels/NAME` under a data folder and returns its path.
 * @throws InstallError if there is none, or it belongs to another kernel
 */
export function uninstallKernel(dataFolder: string, name = kernelName): string {
  const folder = join(dataFolder, 'kernels', checkedName(name));
  const isThere = existsSync(join(folder, 'kernel.json'));
  if (!isThere) throw new InstallError(`there is no kernelspec ${folder}; npx emtd kernel status lists all`);
  if (!readKernelspec(folder).ours) {
    throw new InstallError(`${describe(folder)}, not EMTD Lab's; fix: jupyter kernelspec remove ${name}`);
  }
  writing(folder, () => {
    removeLinks(folder);
    rmSync(join(folder, 'kernel.json'), { force: true });
    rmSync(folder, { recursive: true, force: true });
    removeUnusedRenderer(dataFolder);
  });
  return folder;
}

/** Jupyter's rule (jupyter_client, kernelspec.py); it looks kernels up in lower case. */
export function checkedName(name: string): string {
  if (!/^[a-z0-9._-]+$/i.test(name) || /^\.+$/.test(name)) {
    throw new InstallError(`--name must be of letters, digits, ".", "_" and "-", got ${JSON.stringify(name)}`);
  }
  return name.toLowerCase();
}

function refuseMissingTslab(): void {
  try {
    requireOfTslab();
  } catch (error) {
    throw new InstallError((error as Error).message);
  }
}

/** Refuses a kernel in a package manager's cache, which may be cleared at any time, or one that is not built. */
function refuseUnstable(argv: readonly string[]): void {
  const disposable = argv.find((word) => /[\\/](_npx|dlx|dlx-[^\\/]*)[\\/]/.test(word));
  if (disposable) {
    throw new InstallError(
      `the kernel is in a disposable cache (${disposable}), which may be gone tomorrow; fix: ` +
        'npm install --global emtd-lab && emtd kernel install, or npm install emtd-lab in a project and npx emtd kernel install there',
    );
  }
  const missing = argv.find((word) => isAbsolute(word) && !existsSync(word));
  if (missing) throw new InstallError(`${missing} is missing; fix: npm run build`);
}

/** Whether the folder already has the content to write. */
function holds(folder: string, text: string): boolean {
  const file = join(folder, 'kernel.json');
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) return false;
  return Object.entries(resources()).every(([name, from]) => {
    const there = join(folder, name);
    return existsSync(there) && readFileSync(there).equals(readFileSync(from));
  });
}

/** Symbolic links go before anything is written or removed: what they point to belongs to others. */
function removeLinks(folder: string): void {
  const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const links = isLink(folder) ? [folder] : namesIn(folder).map((name) => join(folder, name)).filter(isLink);
  for (const link of links) rmSync(link);
}

/** What an earlier kernelspec, or an install that was killed, has left. */
function removeOthers(folder: string): void {
  const own = ['kernel.json', ...Object.keys(resources())];
  for (const name of namesIn(folder)) if (!own.includes(name)) rmSync(join(folder, name), { recursive: true });
}

function describe(folder: string): string {
  const { displayName, ours } = readKernelspec(folder);
  const what = ours ? `version ${ours.version} of this kernel, set up otherwise` : displayName;
  return `${folder} is already there (${what})`;
}

function writing(folder: string, work: () => void): void {
  try {
    mkdirSync(join(folder, '..'), { recursive: true });
    work();
  } catch (error) {
    const { message } = error as Error;
    throw new InstallError(`${folder} cannot be written (${message}); fix: --user, or --prefix DIR with a folder of yours`);
  }
}
