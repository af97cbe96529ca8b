// Every test of the engine runs on every backend that this machine has; those it has not are named.
import { test } from 'node:test';
import { availableBackends, setBackend, type BackendName } from '../../src/tensors/index.js';

const reports = await availableBackends();
for (const { name, available, reason } of reports) {
  if (!available) console.error(`engine tests: SKIPPING backend ${name}: ${reason}`);
}

export const backends: readonly BackendName[] = reports.filter((r) => r.available).map((r) => r.name);

/** One test a backend, with that backend in use. */
export function onEachBackend(name: string, body: (backend: BackendName) => void | Promise<void>): void {
  for (const { name: backend, available, reason } of reports) {
    test(`${name} (${backend})`, { skip: available ? false : reason }, async () => {
      await setBackend(backend);
      await body(backend);
    });
  }
}

/** Largest difference, relative to `scale` or the largest of `expected`. */
export function relativeError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale?: number,
): number {
  if (actual.length !== expected.length) return Infinity;
  let [difference, largest] = [0, scale ?? 0];
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i] - expected[i]);
    difference = Math.max(difference, Number.isNaN(d) ? Infinity : d);
    if (scale === undefined) largest = Math.max(largest, Math.abs(expected[i]));
  }
  return difference === 0 ? 0 : difference / largest;
}
