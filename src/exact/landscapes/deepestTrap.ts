// Hajek's depth of an energy landscape of N spins under single flips: the depth of a state is the height that
// a path must climb from it to reach a state of lower energy, and d* the greatest depth of a local minimum
// that is not a ground state. Annealing by T_k = c / ln(1 + k), k the attempted flips, ends in the ground
// states if and only if c >= d*. The algorithm adds states from the lowest energy up; where two basins meet,
// the height above the higher bottom is the depth of that basin. Source: Hajek, Math. Oper. Res. 13 (1988)
// 311, DOI 10.1287/moor.13.2.311.
import { card, countText, formatNumber, showAs } from '../../display/index.js';

/** The local minimum, not a ground state, from which the climb to a lower energy is highest. */
export interface DeepestTrap {
  /** d*, an energy; 0 if every local minimum is a ground state. */
  readonly depth: number;
  /** The number (`isingState`) of the state at the bottom of the deepest trap; undefined if there is none. */
  readonly state: number | undefined;
  /** The energy of the lowest pass out of the trap. */
  readonly pass: number | undefined;
}

const SAME_ENERGY = 1e-9; // relative: energies that differ by rounding are one level

/**
 * The deepest trap of a spin system, from the energies of its 2^N states in the order of `isingEnergies`: the
 * local minimum that is hardest to leave. It sets how slowly annealing must cool.
 *
 * @throws RangeError unless there are 2^N energies, N at least 1, all finite
 * @example
 * exact.deepestTrap(exact.isingEnergies(complete(4), 0.5)); // { depth: 6, state: 0, pass: 2 }: all down, over two spins up
 */
export function deepestTrap(energies: ArrayLike<number>): DeepestTrap {
  const count = energies.length;
  if (count < 2 || (count & (count - 1)) !== 0)
    throw new RangeError(`deepestTrap: energies must be 2^N in number, got ${count}`);
  let largest = 1;
  for (let s = 0; s < count; s++) largest = Math.max(largest, Math.abs(energies[s]));
  // Math.max returns NaN for NaN
  if (!Number.isFinite(largest)) throw new RangeError('deepestTrap: energies must be finite');
  const tolerance = SAME_ENERGY * largest;
  const basin = new Int32Array(count).fill(-1); // towards the bottom of each basin; -1 for states not yet added
  const bottomOf = (state: number): number => {
    while (basin[state] !== state) state = basin[state] = basin[basin[state]];
    return state;
  };
  let trap: DeepestTrap = { depth: 0, state: undefined, pass: undefined };
  for (const state of Int32Array.from({ length: count }, (_, s) => s).sort(
    (a, b) => energies[a] - energies[b],
  )) {
    basin[state] = state;
    for (let flip = 1; flip < count; flip *= 2) {
      if (basin[state ^ flip] < 0) continue;
      const bottoms = [bottomOf(state), bottomOf(state ^ flip)];
      const [low, high] = energies[bottoms[0]] <= energies[bottoms[1]] ? bottoms : bottoms.reverse();
      basin[high] = low;
      const depth = energies[state] - energies[high];
      const isGroundOfBoth = energies[high] - energies[low] <= tolerance;
      if (!isGroundOfBoth && depth > trap.depth + tolerance)
        trap = { depth, state: high, pass: energies[state] };
    }
  }
  return showAs(trap, deepestTrapCard(Math.log2(count)));
}

const deepestTrapCard =
  (N: number) =>
  ({ depth, state, pass }: DeepestTrap) =>
    card(`Deepest trap of ${countText(N, 'spin')}`, {
      'depth d*': formatNumber(depth),
      bottom: state?.toString(2).padStart(N, '0'),
      'energy of the pass': pass === undefined ? undefined : formatNumber(pass),
    });
