// A saved state as a line of JSON and back, bit for bit.
import { card, countText, type MimeBundle, numeral, printAs } from '../display/index.js';
import { fromBase64, toBase64 } from '../files/base64.js';
import type { SavedState } from './sampler.js';

const KINDS = { Float32Array, Float64Array };

/**
 * A saved state as text, exact to the last bit.
 *
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const { state } = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { steps: 100, seed: 1 });
 * parseState(serialiseState(state)).step; // 100
 */
export function serialiseState(state: SavedState): string {
  const arrays = Object.entries(state.arrays).map(([name, array]) => [name, {
    kind: array instanceof Float32Array ? 'Float32Array' : 'Float64Array',
    base64: toBase64(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  }]);
  return JSON.stringify({ ...state, arrays: Object.fromEntries(arrays) });
}

/**
 * A saved state from the text that `serialiseState` wrote.
 *
 * @throws SyntaxError if the text is not a saved state
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
 * const text = serialiseState((await sample(sampler, { steps: 100, every: 100, seed: 1 })).state); // writeFileSync('run.json', text)
 * const { states } = await sample(sampler, { resume: parseState(text), steps: 100, every: 100 });
 * states[0]; // [-1.205, -0.9878, -0.9570, -0.4025, -1.041, -0.7709, ...]
 * (await sample(sampler, { steps: 200, every: 200, seed: 1 })).states[0]; // [-1.205, -0.9878, -0.9570, -0.4025, -1.041, -0.7709, ...]
 */
export function parseState(text: string): SavedState {
  try {
    const { arrays, ...rest } = JSON.parse(text) as Omit<SavedState, 'arrays'> & {
      arrays: Record<string, { kind: keyof typeof KINDS; base64: string }>;
    };
    const decoded = Object.entries(arrays).map(([name, { kind, base64 }]) =>
      [name, new KINDS[kind](fromBase64(base64).buffer)]);
    return printAs({ ...rest, arrays: Object.fromEntries(decoded) as SavedState['arrays'] }, savedStateCard);
  } catch (cause) {
    throw new SyntaxError('parseState: the text is not a saved state', { cause });
  }
}

export function savedStateCard({ sampler, seed, step, shape, gauge, arrays }: SavedState): MimeBundle {
  const kept = Object.entries(arrays).map(([name, array]) => `${name} (${countText(array.length, 'number')})`);
  return card(`State of ${sampler}`, {
    step: numeral(step), shape: `[${shape.join(', ')}] = [nodes, components, chains]`, gauge: gaugeText(gauge), seed, holds: kept.join(', '),
  });
}

export const gaugeText = (gauge: SavedState['gauge']): string =>
  typeof gauge === 'string' ? gauge : `pinned at ${countText(gauge.pinned.length, 'node')}`;
