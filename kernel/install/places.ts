// Where Jupyter looks for kernelspecs: JUPYTER_PATH, the user's data folder, the Python environment's, the
// system's, in Jupyter's own order (jupyter_core, jupyter_path; jupyter_client documentation, "Kernel
// specs").
import { win32 } from 'node:path';
import { type Environment, activeEnvironment } from './environment.js';
import { type Machine, pathsOf } from './machine.js';
import { namesIn } from './namesIn.js';

export interface DataFolder {
  readonly path: string;
  readonly origin: 'JUPYTER_PATH' | 'user' | 'environment' | 'system';
}

/** Every data folder, first match wins; kernelspecs are in `kernels/NAME` under each. */
export function dataFolders(machine: Machine, environment = activeEnvironment(machine)): DataFolder[] {
  const { env } = machine;
  const user = [userDataFolder(machine), ...pythonUserFolders(machine)].map(as('user'));
  const own = environment ? [as('environment')(environmentDataFolder(machine, environment.prefix))] : [];
  const named = (env['JUPYTER_PATH'] ?? '').split(pathsOf(machine).delimiter).filter((path) => path !== '');
  const all = [
    ...named.map(as('JUPYTER_PATH')),
    ...(prefersEnvironment(machine, environment) ? [...own, ...user] : [...user, ...own]),
    ...systemDataFolders(machine).map(as('system')),
  ];
  return all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
}

const as =
  (origin: DataFolder['origin']) =>
  (path: string): DataFolder => ({ path, origin });

/** JUPYTER_DATA_DIR, or the platform's default. */
export function userDataFolder(machine: Machine): string {
  const { env, home, platform } = machine;
  const { join } = pathsOf(machine);
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform !== 'win32') return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'jupyter');
  if (env['APPDATA']) return join(env['APPDATA'], 'jupyter');
  return join(env['JUPYTER_CONFIG_DIR'] || join(home, '.jupyter'), 'data');
}

/** The data folder under a prefix: a Python environment, /usr/local, ... */
export function environmentDataFolder(machine: Machine, prefix: string): string {
  return pathsOf(machine).join(prefix, 'share', 'jupyter');
}

/** Windows has none unless JUPYTER_USE_PROGRAMDATA asks for one. */
function systemDataFolders(machine: Machine): string[] {
  const { env, platform } = machine;
  if (platform !== 'win32') return ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  return isSet(env['JUPYTER_USE_PROGRAMDATA']) && env['PROGRAMDATA']
    ? [win32.join(env['PROGRAMDATA'], 'jupyter')]
    : [];
}

/**
 * Where `pip install --user` puts data: under PYTHONUSERBASE, or what CPython takes for it (`site`,
 * getuserbase). Of macOS's Pythons the framework builds have one each, by version.
 */
function pythonUserFolders(machine: Machine): string[] {
  const { env, home, platform } = machine;
  const { join } = pathsOf(machine);
  if (env['PYTHONUSERBASE']) return [join(env['PYTHONUSERBASE'], 'share', 'jupyter')];
  if (platform === 'win32') return [join(env['APPDATA'] || home, 'Python', 'share', 'jupyter')];
  const frameworks = join(home, 'Library', 'Python');
  const versions = platform === 'darwin' ? namesIn(frameworks) : [];
  const bases = [join(home, '.local'), ...versions.map((version) => join(frameworks, version))];
  return bases.map((base) => join(base, 'share', 'jupyter'));
}

function prefersEnvironment({ env }: Machine, environment: Environment | undefined): boolean {
  const preference = env['JUPYTER_PREFER_ENV_PATH'];
  return preference === undefined ? environment?.isVirtual === true : isSet(preference);
}

/** Reads a switch in the environment as Jupyter does. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !['no', 'n', 'false', 'off', '0', '0.0'].includes(value.toLowerCase());
}
