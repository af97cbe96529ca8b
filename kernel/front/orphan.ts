// A kernel ends when the process that started it does (JPY_PARENT_PID, set by jupyter_client and by our
// client): otherwise an unreachable kernel would run for ever.

/** Time between two looks, ms. */
const period = 1000;

/** Calls `onOrphaned` once when the parent is gone. */
export function watchParent(onOrphaned: () => void): void {
  const parentPid = Number(process.env['JPY_PARENT_PID'] ?? 0);
  if (!parentPid) return;
  const isWindows = process.platform === 'win32';
  const parent = isWindows ? process.ppid : parentPid; // there jupyter_client gives a handle, not a process id
  // For the direct parent a change of its id is the sign, which a reused id cannot hide; for one further up, and on
  // Windows, where the id does not change, the end of the process is.
  const changes = !isWindows && process.ppid === parent;
  const timer = setInterval(() => {
    if (changes ? process.ppid === parent : isAlive(parent)) return;
    clearInterval(timer);
    onOrphaned();
  }, period);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
