// The active Python environment, without asking Python: VIRTUAL_ENV, CONDA_PREFIX, or the prefix of the
// `jupyter` or `python` that PATH finds first.
import { existsSync, readFileSync } from 'node:fs';
import { type Machine, onPath, pathsOf } from './machine.js';

export interface Environment {
  /** Python's sys.prefix. */
  readonly prefix: string;
  /** How it was found: `VIRTUAL_ENV`, `/opt/x/bin/jupyter on PATH`. */
  readonly from: string;
  /**
   * A virtual environment of its own, not the system's Python: Jupyter looks there before the user's folder.
   */
  readonly isVirtual: boolean;
}

export function activeEnvironment(machine: Machine): Environment | undefined {
  const { env } = machine;
  const { join } = pathsOf(machine);
  if (env['VIRTUAL_ENV']) return { prefix: env['VIRTUAL_ENV'], from: 'VIRTUAL_ENV', isVirtual: true };
  if (env['CONDA_PREFIX']) {
    const isVirtual = (env['CONDA_DEFAULT_ENV'] ?? 'base') !== 'base';
    return { prefix: env['CONDA_PREFIX'], from: 'CONDA_PREFIX', isVirtual };
  }
  for (const name of ['jupyter', 'python3', 'python']) {
    const program = onPath(machine, name);
    const prefix = program && prefixOf(machine, program);
    if (!prefix) continue;
    return { prefix, from: `${program} on PATH`, isVirtual: existsSync(join(prefix, 'pyvenv.cfg')) };
  }
  return undefined;
}

/**
 * `PREFIX/bin/python` (Windows: `PREFIX\python.exe`, `PREFIX\Scripts\jupyter.exe`); a script says its Python.
 */
function prefixOf(machine: Machine, program: string): string | undefined {
  const { basename, dirname } = pathsOf(machine);
  const folder = dirname(program);
  if (machine.platform === 'win32')
    return basename(folder).toLowerCase() === 'scripts' ? dirname(folder) : folder;
  const python = interpreter(machine, program);
  // links are not followed: a virtual environment's python is a link to the system's
  return python && basename(dirname(python)) === 'bin' ? dirname(dirname(python)) : undefined;
}

/** The Python of a script, by its first lines; the program itself when it is not a script. */
function interpreter(machine: Machine, program: string): string | undefined {
  const [first = '', second = ''] = readFileSync(program, 'latin1').slice(0, 4096).split('\n');
  if (!first.startsWith('#!'))
    return /^python[\d.]*$/.test(pathsOf(machine).basename(program)) ? program : undefined;
  const [command = '', argument = ''] = first.slice(2).trim().split(/\s+/);
  if (/\/python[\d.]*$/.test(command)) return command;
  if (command.endsWith('/env') && /^python[\d.]*$/.test(argument)) return onPath(machine, argument);
  // pip's way for a long path or one with spaces: #!/bin/sh, then '''exec' "/my folder/bin/python" "$0" "$@"
  return /^'''exec' "?(.*?\/python[\d.]*)"? "\$0"/.exec(Buffer.from(second, 'latin1').toString('utf8'))?.[1];
}
