// The processes that user code has started. The back leads a process group of its own, to which they belong
// unless they leave it (`detached`): Stop ends them, and they do not outlive the back. Windows has no process
// groups: there they stay.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** How long a child may take to end after SIGTERM, ms. */
const patience = 1000;

export const hasGroups = process.platform !== 'win32';

/** Ends this process's children: asks them first. */
export function endChildren(): void {
  const asked = members(process.pid);
  for (const pid of asked) signal(pid, 'SIGTERM');
  if (asked.length === 0) return;
  setTimeout(() => {
    const left = new Set(members(process.pid));
    for (const pid of asked) if (left.has(pid)) signal(pid, 'SIGKILL');
  }, patience).unref();
}

/** Kills a back and all its children at once. */
export function killGroup(leader: number): void {
  signal(hasGroups ? -leader : leader, 'SIGKILL');
}

/** The processes of a group but its leader. */
function members(leader: number): number[] {
  if (!hasGroups) return [];
  const all = process.platform === 'linux' ? groupsFromProc() : groupsFromPs();
  return all.filter(([pid, group]) => group === leader && pid !== leader).map(([pid]) => pid);
}

type PidAndGroup = [pid: number, group: number];

/**
 * From `/proc/PID/stat`: `PID (name) state parent group ...`; the name may have spaces and brackets
 * (proc(5)).
 */
function groupsFromProc(): PidAndGroup[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): PidAndGroup[] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])]];
      } catch {
        return []; // it has just ended
      }
    });
}

function groupsFromPs(): PidAndGroup[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,pgid='], { encoding: 'utf8' });
  return (stdout ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as PidAndGroup);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended
  }
}
