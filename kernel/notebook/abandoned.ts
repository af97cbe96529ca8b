// Temporary folders of runs that were killed: they hold the key of a kernel that is gone. Each folder names
// the process that made it; the next run removes those of processes that have ended.
import { readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../wire/isAlive.js';

const ownerFile = 'owner';

/**
 * Where a process id means a process: the machine, and on Linux the namespace of process ids (containers may
 * share a folder).
 */
function space(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** Writes this process into the folder as its owner. */
export function claimFolder(folder: string): void {
  writeFileSync(join(folder, ownerFile), `${process.pid} ${space()}`, { mode: 0o600 });
}

/** Removes the folders in `parent` whose name begins with `prefix` and whose owner has ended. */
export function removeAbandoned(parent: string, prefix: string): void {
  const here = space();
  for (const name of namesIn(parent).filter((each) => each.startsWith(prefix))) {
    const folder = join(parent, name);
    try {
      const [, pid, where] = /^(\d+) (.*)$/.exec(readFileSync(join(folder, ownerFile), 'utf8')) ?? [];
      const isOwn = statSync(folder).uid === (process.getuid?.() ?? 0);
      if (isOwn && where === here && !isAlive(Number(pid))) rmSync(folder, { recursive: true, force: true });
    } catch {
      // not such a folder, or just removed
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it may be written to and not be read
  }
}
