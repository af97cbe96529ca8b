// A saved state as a line of JSON and back, bit for bit. The text is an envelope,
//   { "format": "emtd-lab state", "version": 1, "checksum": "...", "state": { ..., "arrays": { "values": {
// "kind", "base64" } } } }
// whose checksum is the SHA-256 of the state's own JSON: a text that was cut or changed is refused. A
// checksum is not a signature.
import { card, countText, type MimeBundle, numeral, printAs } from '../display/index.js';
import { fromBase64, toBase64 } from '../files/base64.js';
import { got } from '../numerics/check.js';
import { sha256Of } from '../numerics/sha256.js';
import { lengthOf, requirePlace } from './checkState.js';
import type { Numbers, SavedState } from './sampler.js';

const FORMAT = { format: 'emtd-lab state', version: 1 } as const;
const KINDS = { Float32Array, Float64Array };

type Record = Readonly<{ [name: string]: unknown }>;

/**
 * A saved state as text, exact to the last bit, with a checksum.
 *
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const { state } = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { steps: 100, seed: 1 });
 * dynamics.parseState(dynamics.serialiseState(state)).step; // 100
 */
export function serialiseState(state: SavedState): string {
  const arrays = Object.entries(state.arrays).map(([name, array]) => [
    name,
    {
      kind: array instanceof Float32Array ? 'Float32Array' : 'Float64Array',
      base64: toBase64(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
    },
  ]);
  const text = JSON.stringify({ ...state, arrays: Object.fromEntries(arrays) });
  return `${JSON.stringify({ ...FORMAT, checksum: sha256Of(text) }).slice(0, -1)},"state":${text}}`;
}

/**
 * A saved state from the text that `serialiseState` wrote. Whether a sampler can go on from the state is
 * checked later, by its `restore`.
 *
 * @throws SyntaxError unless the text is a state, of this version, neither changed nor cut since it was
 * written
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
 * const text = dynamics.serialiseState((await sample(sampler, { steps: 100, every: 100, seed: 1 })).state); // writeFileSync('run.json', text)
 * const { states } = await sample(sampler, { resume: dynamics.parseState(text), steps: 100, every: 100 });
 * states[0]; // [-1.205, -0.9878, -0.9570, -0.4025, -1.041, -0.7709, ...]
 * (await sample(sampler, { steps: 200, every: 200, seed: 1 })).states[0]; // [-1.205, -0.9878, -0.9570, -0.4025, -1.041, -0.7709, ...]
 */
export function parseState(text: string): SavedState {
  const refuse = (rule: string): never => {
    throw new SyntaxError(`parseState: ${rule}`);
  };
  let envelope: Record | undefined;
  try {
    envelope = asRecord(JSON.parse(text));
  } catch (cause) {
    throw new SyntaxError(`parseState: the text is not a saved state, it is not JSON: ${got(text)}`, {
      cause,
    });
  }
  if (!envelope) return refuse(`the text is not a saved state, got ${got(JSON.parse(text))}`);
  const { format, version, checksum, state: inside } = envelope;
  if (format === undefined && envelope['sampler'] !== undefined)
    return refuse('the state is of an older version of the lab, without a checksum: sample again');
  if (format !== FORMAT.format) return refuse(`format must be "${FORMAT.format}", got ${got(format)}`);
  if (version !== FORMAT.version) return refuse(`version must be ${FORMAT.version}, got ${got(version)}`);
  const state = asRecord(inside);
  if (!state) return refuse(`state must be an object, got ${got(inside)}`);
  if (sha256Of(JSON.stringify(state)) !== checksum)
    return refuse('the checksum is not that of the state: the text was changed or cut since it was written');
  const { arrays: written, ...rest } = state;
  const saved = rest as unknown as Omit<SavedState, 'arrays'>;
  try {
    requirePlace('parseState', saved);
    if (!asRecord(written)) return refuse(`arrays must be an object, got ${got(written)}`);
    const arrays = Object.entries(written as Record).map(
      ([name, array]) => [name, decoded(name, array, saved.shape)] as const,
    );
    return printAs({ ...saved, arrays: Object.fromEntries(arrays) }, savedStateCard);
  } catch (cause) {
    throw cause instanceof SyntaxError ? cause : new SyntaxError((cause as Error).message, { cause });
  }
}

/** The numbers of an array; its length must be that of the shape before any memory is taken for it. */
function decoded(name: string, written: unknown, shape: SavedState['shape']): Numbers {
  const { kind, base64 } = asRecord(written) ?? {};
  if (kind !== 'Float32Array' && kind !== 'Float64Array')
    throw new SyntaxError(
      `parseState: the kind of ${name} must be Float32Array or Float64Array, got ${got(kind)}`,
    );
  const bytes = lengthOf('parseState', name, shape) * KINDS[kind].BYTES_PER_ELEMENT;
  const digits = 4 * Math.ceil(bytes / 3);
  if (typeof base64 !== 'string' || base64.length !== digits) {
    const length = typeof base64 === 'string' ? `${base64.length}` : got(base64);
    throw new SyntaxError(
      `parseState: the base64 of ${name} must have ${digits} digits, for the shape [${shape.join(', ')}], got ${length}`,
    );
  }
  const own = fromBase64(base64);
  if (own.length !== bytes)
    throw new SyntaxError(`parseState: the base64 of ${name} must have ${bytes} bytes, got ${own.length}`);
  return new KINDS[kind](own.buffer);
}

const asRecord = (value: unknown): Record | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record) : undefined;

export function savedStateCard({ sampler, seed, step, shape, gauge, arrays }: SavedState): MimeBundle {
  const kept = Object.entries(arrays).map(
    ([name, array]) => `${name} (${countText(array.length, 'number')})`,
  );
  return card(`State of ${sampler}`, {
    step: numeral(step),
    shape: `[${shape.join(', ')}] = [nodes, components, chains]`,
    gauge: gaugeText(gauge),
    seed,
    holds: kept.join(', '),
  });
}

export const gaugeText = (gauge: SavedState['gauge']): string =>
  typeof gauge === 'string' ? gauge : `pinned at ${countText(gauge.pinned.length, 'node')}`;
