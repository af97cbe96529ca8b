// The properties of a machine that decide where Jupyter looks: platform, environment variables, home. Tests
// use artificial machines.
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, home: homedir() });

export const pathsOf = ({ platform }: Machine): typeof posix => (platform === 'win32' ? win32 : posix);

/** The first file of that name on PATH. */
export function onPath(machine: Machine, name: string): string | undefined {
  const { join, delimiter } = pathsOf(machine);
  const names = machine.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, name] : [name];
  return (machine.env['PATH'] ?? machine.env['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((file) => join(folder, file)))
    .find(isFile);
}

/** Not a name that is too long, nor one below a file: for those `statSync` throws. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
