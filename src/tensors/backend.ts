// Where tensors live: WebAssembly by default, plain JavaScript, or TensorFlow's C library if installed.
// Importing this file starts the default backend, which is ready then; samplers wait until another that was
// chosen is.
import { showAs, tableBundle } from '../display/index.js';
import { need } from '../files/node.js';
import { findPackage } from '../files/optionalPackage.js';
import { tf } from './tf.js';

/** `auto` is wasm: the fastest on every graph measured (`npm run bench engine`). */
export type BackendChoice = 'auto' | 'wasm' | 'cpu' | 'tensorflow';
/** The name of a tfjs backend. */
export type BackendName = Exclude<BackendChoice, 'auto'>;

const NAMES: readonly BackendName[] = ['wasm', 'cpu', 'tensorflow'];

/** Whether a tfjs backend works here. */
export interface BackendReport {
  readonly name: BackendName;
  readonly available: boolean;
  /** Why not, and the fix; or what it is. */
  readonly reason: string;
}

/**
 * Settles when the last choice that worked is in use. A choice waits for the one before: tfjs confuses two at
 * once.
 */
let inUse: Promise<void> = Promise.resolve();

/**
 * Chooses the backend of all tensors; those that exist move over when they are next used.
 *
 * @throws RangeError for an unknown name; Error if the backend does not load, with the fix: the one before
 * stays
 * @example await setBackend('wasm');
 */
export async function setBackend(choice: BackendChoice): Promise<void> {
  const name = choice === 'auto' ? 'wasm' : choice;
  if (!NAMES.includes(name))
    throw new RangeError(
      `setBackend: backend must be one of auto, ${NAMES.join(', ')}, got ${String(choice)}`,
    );
  const before = inUse;
  const change = before.catch(() => {}).then(() => start(name));
  inUse = change.catch(() => before);
  return change;
}

async function start(name: BackendName): Promise<void> {
  const before = tf.getBackend();
  if (name === 'tensorflow') loadTensorflow();
  if (await tf.setBackend(name)) return;
  if (before) await tf.setBackend(before);
  throw new Error(`setBackend: ${name} did not start; setBackend('cpu') runs everywhere`);
}

/**
 * The backend in use.
 *
 * @throws Error before one is ready
 * @example
 * await tensors.ready();
 * tensors.backendName(); // 'wasm'
 */
export function backendName(): BackendName {
  const name = tf.getBackend();
  if (!name || tf.findBackend(name) === null)
    throw new Error('backendName: no backend is ready yet; await ready() first');
  return name as BackendName;
}

/**
 * Resolves when tensors can be made, on the backend that was chosen last.
 *
 * @example
 * await tensors.ready();
 * tf.tensor1d([1, 2]).square().dataSync(); // [1, 4]
 */
export const ready = (): Promise<void> => inUse;

/**
 * Tries every backend and reports the result; the backend in use stays in use.
 *
 * @example
 * const usable = (await tensors.availableBackends()).filter(({ available }) => available).map(({ name }) => name);
 * usable.includes('wasm'); // true
 */
export async function availableBackends(): Promise<BackendReport[]> {
  await ready();
  const current = backendName();
  const reports: BackendReport[] = [];
  for (const name of NAMES) {
    try {
      await setBackend(name);
      reports.push({ name, available: true, reason: DESCRIPTION[name] });
    } catch (error) {
      reports.push({ name, available: false, reason: (error as Error).message });
    }
  }
  await setBackend(current);
  return showAs(reports, reportTable);
}

const DESCRIPTION: Record<BackendName, string> = {
  wasm: 'WebAssembly with SIMD, one thread (the default)',
  cpu: 'plain JavaScript',
  tensorflow: "TensorFlow's C library by @tensorflow/tfjs-node",
};

const reportTable = (reports: readonly BackendReport[]) =>
  tableBundle({
    head: ['backend', 'available', ''],
    rows: reports.map(({ name, available, reason }) => [name, available ? 'yes' : 'no', reason]),
  });

function loadTensorflow(): void {
  const { createRequire } = need('setBackend', 'node:module');
  need('setBackend', 'node:process').env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    const path = findPackage('@tensorflow/tfjs-node');
    if (path === undefined) throw new Error('it is not installed');
    createRequire(path)(path);
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new Error(
      `setBackend: tensorflow needs the optional package @tensorflow/tfjs-node, which did not load (${reason}); ` +
        'npm install @tensorflow/tfjs-node (Node 22 at most), or stay with wasm',
      { cause: error },
    );
  }
}

inUse = start('wasm');
inUse.catch(() => {}); // the error reaches the code that awaits ready()
