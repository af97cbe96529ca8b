// The one pool of a process. Its threads start with the first run.
import { Pool } from './pool.js';

export const pool = new Pool();

/**
 * How many threads compiled engines run on, from the next run on; as many as the machine has cores, unless
 * set. Results do not depend on it.
 *
 * @throws RangeError unless `threads` is a whole number from 1 to 256
 * @example setThreads(2); dynamics.threadCount(); // 2
 */
export function setThreads(threads: number): void {
  pool.threads = threads;
}

/**
 * How many threads compiled engines run on.
 *
 * @example
 * setThreads(2);
 * dynamics.threadCount(); // 2
 */
export function threadCount(): number {
  return pool.threads;
}

/** Ends the threads of the pool; the next run starts new ones. */
export function closePool(): Promise<void> {
  return pool.close();
}
