// Threads and the GPU: how compiled programs run.
export { WebAssembly } from './threads/webAssembly.js';
export { checkRun, entriesOf, type Entry, type Outcome, type Phase, type Run } from './threads/run.js';
export { runHere } from './threads/runHere.js';
export { hasThreads, coreCount } from './threads/threadHost.js';
export { Pool, ThreadDied, type PoolOptions } from './threads/pool.js';
export { closePool, pool, setThreads, threadCount } from './threads/sharedPool.js';
export { describeGpu, type Gpu, openGpu, sharedGpu } from './gpu/gpu.js';
export type { BufferUse, GpuBuffer, Words } from './gpu/gpuBuffer.js';
export type { Binding, GpuProgram, ProgramText } from './gpu/gpuProgram.js';
export type { Dispatch, GpuRun } from './gpu/gpuRun.js';
export { LongRun, type Stop, TURN, Turns } from './longRun.js';
export { interrupts } from './threads/interrupts.js';
export { toStarter, startThread, type Thread } from './threads/threadHost.js';
