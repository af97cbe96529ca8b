// Single-site moves in float64: how a rule takes a node's new value, with what it costs and one uniform
// number. The rules in generated code are those of src/codegen/moves/moveRule.ts.
import type { MovedField } from './movedField.js';

export interface SiteRule extends MovedField {
  /** What a move draws besides the uniform, per component. */
  readonly draws: 'normal' | 'uniform' | 'none';
  /**
   * Writes the new value into `out`; false if the old one stays.
   * @param change H with another value less H with this one; never NaN
   */
  choose(
    value: Float64Array,
    draws: Float64Array,
    uniform: number,
    change: (proposed: Float64Array) => number,
    temperature: number,
    out: Float64Array,
  ): boolean;
}

/** x / T, also where T = 0. */
export const reduced = (x: number, temperature: number): number => (x === 0 ? 0 : x / temperature);

/**
 * The label k with probability prop. to e^(-E_k / T), by one uniform.
 * @throws RangeError where no label, or no other, has a finite energy
 */
export function pickLabel(energies: ArrayLike<number>, uniform: number, temperature: number): number {
  const least = Array.from(energies).reduce((lower, energy) => Math.min(lower, energy));
  if (!Number.isFinite(least))
    throw new RangeError(`the energy of ${least < 0 ? 'the present state' : 'every label'} is infinite`);
  let sum = 0;
  const sums = Array.from(energies, (energy) => (sum += Math.exp(reduced(least - energy, temperature))));
  return sums.slice(0, -1).filter((part) => part <= uniform * sum).length;
}
