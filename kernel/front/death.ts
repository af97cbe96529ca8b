// How user code's process ended, as its cell reports it.
import { type CellError, cellError } from '../wire/content.js';
import type { Ending } from './backProcess.js';

/** `report`: what Node printed as it crashed. */
export function deathOf({ code, signal, isGarbled }: Ending, report: string, resisted: boolean): CellError {
  const ename = code === null || resisted ? 'KernelDied' : 'ProcessExit';
  return cellError(
    ename,
    `${isGarbled ? garbled : reason(code, signal, report, resisted)}; variables are gone; the kernel has restarted its process`,
  );
}

const garbled = "the cell wrote into descriptor 3, which is the kernel's own, so its process was killed";

function reason(code: number | null, signal: string | null, report: string, resisted: boolean): string {
  if (resisted) return 'the cell did not stop when interrupted, so its process was killed';
  if (/heap out of memory|Allocation failed/.test(report)) {
    return "out of memory: user code needs more than Node's heap holds (NODE_OPTIONS=--max-old-space-size=MB raises it)";
  }
  if (signal === 'SIGKILL')
    return 'the process of user code was killed (SIGKILL), perhaps for lack of memory';
  if (signal) return `the process of user code crashed (${signal})`;
  return `user code ended its process (exit code ${code})`;
}
