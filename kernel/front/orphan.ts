// A kernel ends when the process that started it does (JPY_PARENT_PID, set by jupyter_client and by our
// client): otherwise an unreachable kernel would run for ever.
import { isAlive } from '../wire/isAlive.js';

/** Time between two looks, ms. */
const period = 1000;

/** Calls `onOrphaned` once when the parent is gone. */
export function watchParent(onOrphaned: () => void): void {
  const parentPid = Number(process.env['JPY_PARENT_PID'] ?? 0);
  if (!parentPid) return;
  const isWindows = process.platform === 'win32';
  const parent = isWindows ? process.ppid : parentPid; // there jupyter_client gives a handle, not a process id
  // When a direct parent ends, this process gets another parent; that is seen even if a new process has the
  // old id. On Windows the parent's id stays: there, and for a parent of a parent, see whether the process is
  // alive.
  const isDirect = !isWindows && process.ppid === parent;
  const timer = setInterval(() => {
    if (isDirect ? process.ppid === parent : isAlive(parent)) return;
    clearInterval(timer);
    onOrphaned();
  }, period);
}
