export { WebAssembly } from './webAssembly.js';
export { checkRun, type Entry, type Outcome, type Phase, type Run } from './run.js';
export { runHere } from './runHere.js';
export { hasThreads, coreCount } from './host.js';
export { Pool, ThreadDied, type PoolOptions } from './pool.js';
export { closePool, pool, setThreads, threadCount } from './sharedPool.js';
