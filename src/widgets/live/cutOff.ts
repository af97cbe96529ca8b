// Work that an interrupt may stop at any point: its promise then never settles. The kernel passes an
// interrupt on as SIGINT, as a terminal does; without a kernel SIGINT ends the program as usual.
import { builtin } from '../../files/node.js';
import { nextTurn } from '../../files/nextTurn.js';
import { hasPage } from '../comms/place.js';

/** Milliseconds for work to end after an interrupt; work that the interrupt has stopped never does. */
const grace = 300;

/**
 * Resolves when the work has ended or was interrupted. The work begins in its own turn, so that the interrupt
 * does not stop the caller.
 */
export async function untilCutOff(work: () => Promise<void>): Promise<void> {
  let interrupted!: () => void;
  const cutOff = new Promise<void>((resolve) => (interrupted = () => void setTimeout(resolve, grace)));
  const process = builtin('node:process');
  if (hasPage()) process?.on('SIGINT', interrupted);
  try {
    await Promise.race([nextTurn().then(work), cutOff]);
  } finally {
    process?.off('SIGINT', interrupted);
  }
}
