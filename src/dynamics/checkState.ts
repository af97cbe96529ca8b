// The one check of a saved state before a sampler goes on from it, whether it was read from a file or handed
// over: its place, its shape, its arrays, its field, and what it was saved under.
import { Field, type FieldDeclaration } from '../fields/index.js';
import { got, requireInteger } from '../numerics/check.js';
import { aSeed } from '../randomness/index.js';
import type { Numbers, SavedState } from './sampler.js';

/** Numbers in an array of a state, by its name. */
const lengths: Readonly<Record<string, (shape: SavedState['shape']) => number>> = {
  values: all,
  noise: all,
  velocities: all,
  accepted: byChain,
  sizes: byChain,
};

function all([nodes, components, chains]: SavedState['shape']): number {
  return nodes * components * chains;
}

function byChain([, , chains]: SavedState['shape']): number {
  return chains;
}

/**
 * How many numbers an array has in a state of this shape.
 * @throws TypeError for a name that no sampler saves
 */
export function lengthOf(caller: string, name: string, shape: SavedState['shape']): number {
  if (Object.hasOwn(lengths, name)) return lengths[name](shape);
  throw new TypeError(
    `${caller}: an array of the state must be one of ${Object.keys(lengths).join(', ')}, got ${got(name)}`,
  );
}

/** @throws TypeError, RangeError for a step, a seed or a shape that no state has */
export function requirePlace(
  caller: string,
  { step, seed, shape }: Pick<SavedState, 'step' | 'seed' | 'shape'>,
): void {
  requireInteger(caller, 'the step of the state', step, 0, Number.MAX_SAFE_INTEGER);
  aSeed(caller, 'the seed of the state', seed as never);
  if (!Array.isArray(shape) || shape.length !== 3) {
    throw new TypeError(
      `${caller}: the shape of the state must be [nodes, components, chains], got ${got(shape)}`,
    );
  }
  shape.forEach((size, k) => requireInteger(caller, `shape[${k}] of the state`, size, 1));
}

/**
 * The field of a state.
 *
 * @param needed the arrays that the sampler cannot do without
 * @throws TypeError, RangeError that name the rule that the state breaks
 */
export function fieldOfState(caller: string, state: SavedState, needed: readonly string[]): Field {
  requirePlace(caller, state);
  const { shape, gauge, codomain = 'real', labels, arrays } = state;
  if (typeof arrays !== 'object' || arrays === null)
    throw new TypeError(`${caller}: the arrays of the state must be an object, got ${got(arrays)}`);
  for (const name of ['values', ...needed]) {
    if (!Object.hasOwn(arrays, name))
      throw new TypeError(
        `${caller}: the state must have ${name}, got ${Object.keys(arrays).join(', ') || 'none'}`,
      );
  }
  const foreign = ['noise', 'velocities'].find(
    (name) => Object.hasOwn(arrays, name) && !needed.includes(name),
  );
  if (foreign !== undefined)
    throw new TypeError(`${caller}: the state must not have ${foreign}, which another sampler keeps`);
  for (const [name, array] of Object.entries(arrays)) requireArray(caller, name, array, state);
  const [sites, components, chains] = shape;
  const declaration: FieldDeclaration = {
    sites,
    components,
    chains,
    codomain,
    gauge,
    ...(labels !== undefined && { states: labels }),
  };
  try {
    return new Field(Float32Array.from(arrays['values']), declaration);
  } catch (cause) {
    throw new RangeError(`${caller}: the field of the state: ${(cause as Error).message}`, { cause });
  }
}

/** Accepted moves are counts; other arrays hold finite numbers. */
function requireArray(caller: string, name: string, array: Numbers, { shape }: SavedState): void {
  const length = lengthOf(caller, name, shape);
  if (!(array instanceof Float32Array || array instanceof Float64Array)) {
    throw new TypeError(
      `${caller}: ${name} of the state must be a Float32Array or a Float64Array, got ${got(array)}`,
    );
  }
  if (array.length !== length) {
    throw new RangeError(
      `${caller}: ${name} of the state must have ${length} numbers, for the shape [${shape.join(', ')}], got ${array.length}`,
    );
  }
  const isCount = name === 'accepted';
  const wrong = array.findIndex(
    (x: number) => !(isCount ? Number.isInteger(x) && x >= 0 : Number.isFinite(x)),
  );
  if (wrong < 0) return;
  throw new RangeError(
    `${caller}: ${name}[${wrong}] of the state must be ${isCount ? 'a count' : 'finite'}, got ${array[wrong]}`,
  );
}
