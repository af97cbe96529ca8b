// A progress bar in a notebook: one output that updates itself, at most ten times per second. Its last state
// is one line without times, so that two runs of a notebook have the same output. Without a host it is
// silent.
import { escapeHtml, type MimeBundle, showAs } from '../display/index.js';
import { type Broadcast, hostBroadcast } from './broadcast.js';

const interval = 100; // ms between two updates

/** A progress bar. */
export interface Progress {
  /**
   * Shows that `done` of the total (or of `of`) is done; the last one finishes the bar. Updates are throttled
   * and cheap.
   */
  update(this: void, done: number, of?: number): void;
  /** Shows the final line: all done. */
  finish(this: void): void;
}

/**
 * Shows a progress bar and returns its controls.
 *
 * @throws if the total is not positive.
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const { update } = progress('relaxation', 1000);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
 * await sample(sampler, { chains: 16, steps: 1000, every: 100, seed: 1, onProgress: update });
 */
export function progress(label: string, total: number): Progress {
  if (!(total > 0)) throw new Error(`progress: total must be positive, got ${total}`);
  const send = sender();
  let lastUpdate = performance.now();
  let finished = false;
  send?.('display_data', runningBundle(label, 0, total));
  const finish = (of = total): void => {
    if (!finished) send?.('update_display_data', finalBundle(label, of));
    finished = true;
  };
  const update = (done: number, of = total): void => {
    if (done >= of) return finish(of);
    const now = performance.now();
    if (finished || now - lastUpdate < interval) return;
    lastUpdate = now;
    send?.('update_display_data', runningBundle(label, done, of));
  };
  return showAs({ update, finish: () => finish() }, () => ({
    'text/plain': `progress bar: ${label}, ${count(total)} in all`,
  }));
}

/** Messages about one display; its id is new in every run and not stored in the notebook. */
function sender(): ((type: Parameters<Broadcast>[0], data: MimeBundle) => void) | undefined {
  const broadcast = hostBroadcast();
  const transient = { display_id: crypto.randomUUID() };
  return broadcast && ((type, data) => broadcast(type, { data, metadata: {}, transient }));
}

const count = (n: number): string => n.toLocaleString('en-GB');

function runningBundle(label: string, done: number, total: number): MimeBundle {
  const share = Math.max(0, Math.min(1, done / total));
  const filled = Math.round(20 * share);
  return {
    'text/html': `<div>${escapeHtml(label)} <progress max="${total}" value="${done}"></progress> ${Math.round(100 * share)} %</div>`,
    'text/plain': `${label} ${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${Math.round(100 * share)} %`,
  };
}

function finalBundle(label: string, total: number): MimeBundle {
  const text = `${label}: ${count(total)} of ${count(total)}`;
  return { 'text/html': `<div>${escapeHtml(text)}</div>`, 'text/plain': text };
}
