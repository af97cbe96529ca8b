// Work that an interrupt may cut off in the middle of a line: its promise then never settles. The kernel passes an
// interrupt on as SIGINT, as a terminal does; without a kernel that ends the program, as ever.
import { hasPage } from './place.js';

/** Milliseconds that work has to end after an interrupt: what was cut off never does. */
const grace = 300;

/** Resolves when the work has ended or was cut off. It begins in a turn of its own: who waits here is not cut off with it. */
export async function untilCutOff(work: () => Promise<void>): Promise<void> {
  let interrupted!: () => void;
  const cutOff = new Promise<void>((resolve) => (interrupted = () => void setTimeout(resolve, grace)));
  if (hasPage()) process.on('SIGINT', interrupted);
  try {
    await Promise.race([new Promise(setImmediate).then(work), cutOff]);
  } finally {
    process.off('SIGINT', interrupted);
  }
}
