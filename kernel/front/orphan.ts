// A kernel ends when the process that started it does (JPY_PARENT_PID, set by jupyter_client and by our
// client): a kernel that nobody can reach would run on for ever.

/** Time between two looks, ms. */
const period = 1000;

/** Calls `onOrphaned` once when the parent is gone. */
export function watchParent(onOrphaned: () => void): void {
  const said = Number(process.env['JPY_PARENT_PID'] ?? 0);
  if (!said) return;
  const isWindows = process.platform === 'win32';
  const parent = isWindows ? process.ppid : said; // jupyter_client says a handle there, which is no process id
  // The parent proper is watched by its id changing, which no reused id can fool; one further up, and on Windows,
  // where the id stays, by its life.
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
