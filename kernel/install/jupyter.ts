// Finds the Jupyter of this machine: JupyterLab, else the classic Notebook; on the path, beside a
// Python, or in this checkout's own virtual environment.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Jupyter {
  /** JupyterLab 4.6.0 */
  title: string;
  command: string;
  args: readonly string[];
}

/** The virtual environment that `emtd start` makes when the machine has no Jupyter. */
export const venvPython = (root: string): string => pythonOf(join(root, '.venv'));

function pythonOf(environment: string): string {
  if (process.platform !== 'win32') return join(environment, 'bin', 'python');
  const ofConda = join(environment, 'python.exe');
  return existsSync(ofConda) ? ofConda : join(environment, 'Scripts', 'python.exe');
}

/**
 * Pythons to try, in order of preference: the one that EMTD_PYTHON names, that of the active environment,
 * that of this checkout, those on the path.
 */
export function pythons(root: string, env = process.env): string[] {
  const active = env['VIRTUAL_ENV'] || env['CONDA_PREFIX'];
  const environments = [...(active ? [pythonOf(active)] : []), venvPython(root)].filter((path) =>
    existsSync(path),
  );
  return [
    ...(env['EMTD_PYTHON'] ? [env['EMTD_PYTHON']] : []),
    ...environments,
    'python3',
    'python',
    '/usr/bin/python3',
  ];
}

/** The first Jupyter that answers to `--version`. */
export function findJupyter(root: string): Jupyter | undefined {
  const hosts = [
    { title: 'JupyterLab', subcommand: 'lab', module: 'jupyterlab' },
    { title: 'Jupyter Notebook', subcommand: 'notebook', module: 'notebook' },
  ];
  for (const { title, subcommand, module } of hosts) {
    const ways = [
      ...pythons(root).map((python) => ({ command: python, args: ['-m', module] })),
      { command: 'jupyter', args: [subcommand] },
    ];
    for (const { command, args } of ways) {
      const { status, stdout } = quietly(command, [...args, '--version']);
      if (status === 0) return { title: `${title} ${stdout.trim().split('\n').at(-1)}`, command, args };
    }
  }
  return undefined;
}

/** The data folders that this Jupyter reports; undefined if it reports none. */
export function jupyterDataFolders({ command, args }: Jupyter): string[] | undefined {
  const base = args[0] === '-m' ? ['-m', 'jupyter'] : [];
  const { status, stdout } = quietly(command, [...base, '--paths', '--json']);
  if (status !== 0) return undefined;
  try {
    const { data } = JSON.parse(stdout) as { data?: unknown };
    return Array.isArray(data) ? data.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** Runs a command for its output; one that hangs counts as failed. */
export function quietly(
  command: string,
  args: readonly string[],
  timeout = 30_000,
): SpawnSyncReturns<string> {
  return spawnSync(command, args, { encoding: 'utf8', timeout, stdio: ['ignore', 'pipe', 'pipe'] });
}
