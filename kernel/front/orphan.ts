// A kernel ends when the process that started it does (JPY_PARENT_PID, set by jupyter_client and by our
// client): a kernel that nobody can reach would run on for ever.

/** Calls `onOrphaned` once when the parent is gone; returns how to stop watching. */
export function watchParent(onOrphaned: () => void, everyMilliseconds = 1000): () => void {
  const parent = Number(process.env['JPY_PARENT_PID'] ?? 0);
  if (!parent) return () => {};
  // The parent proper is watched by its id changing, which no reused id can fool; one further up by its life.
  const isDirect = process.ppid === parent;
  const timer = setInterval(() => {
    if (isDirect && process.platform !== 'win32' ? process.ppid === parent : isAlive(parent)) return;
    clearInterval(timer);
    onOrphaned();
  }, everyMilliseconds);
  return () => clearInterval(timer);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
