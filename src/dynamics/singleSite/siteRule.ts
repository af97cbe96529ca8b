// Single-site moves in float64: how a rule takes a node's new value, with what it costs and one uniform number.
// The rules are those of src/codegen/moves/moveRule.ts.
import type { MoveRule } from '../../codegen/index.js';
import type { Field } from '../../field/index.js';

export interface SiteRule {
  readonly caller: string;
  /** What moves the field, in errors: 'the rule' by default. */
  readonly moves?: string;
  readonly codomain: Field['codomain'];
  /** Number of labels of a 'potts' field. */
  readonly states?: number;
  /** What a move draws besides the uniform, per component. */
  readonly draws: 'normal' | 'uniform' | 'none';
  /**
   * Writes the new value into `out`; false if the old one stays.
   * @param change H with another value less H with this one; never NaN
   */
  choose(
    value: Float64Array, draws: Float64Array, uniform: number, change: (proposed: Float64Array) => number, temperature: number, out: Float64Array,
  ): boolean;
}

/** The rule for spins, or for labels 0 ... states - 1. */
export function siteRule(caller: string, rule: Exclude<MoveRule, 'metropolis'>, states: number | undefined): SiteRule {
  const codomain = states === undefined ? 'spin' : 'potts';
  const choose = rule === 'glauber' ? glauber(states) : states === undefined ? heatBathOfSpin : heatBathOfLabel(states);
  return { caller, codomain, ...(states === undefined ? {} : { states }), draws: 'none', choose };
}

/** x / T, also where T = 0. */
export const reduced = (x: number, temperature: number): number => (x === 0 ? 0 : x / temperature);

const heatBathOfSpin: SiteRule['choose'] = ([spin], _, uniform, change, temperature, out) => {
  out[0] = -spin;
  const difference = -spin * change(out); // E(+1) - E(-1)
  out[0] = uniform * (1 + Math.exp(reduced(difference, temperature))) < 1 ? 1 : -1;
  return out[0] !== spin;
};

const heatBathOfLabel = (states: number): SiteRule['choose'] => ([label], _, uniform, change, temperature, out) => {
  const energies = Array.from({ length: states }, (_, k) => {
    out[0] = k;
    return k === label ? 0 : change(out);
  });
  out[0] = pickLabel(energies, uniform, temperature);
  return out[0] !== label;
};

/** The label k with probability prop. to e^(-E_k / T), by one uniform. @throws RangeError where no label, or no other, has a finite energy */
export function pickLabel(energies: ArrayLike<number>, uniform: number, temperature: number): number {
  const least = Array.from(energies).reduce((lower, energy) => Math.min(lower, energy));
  if (!Number.isFinite(least)) throw new RangeError(`the energy of ${least < 0 ? 'the present state' : 'every label'} is infinite`);
  let sum = 0;
  const sums = Array.from(energies, (energy) => (sum += Math.exp(reduced(least - energy, temperature))));
  return sums.slice(0, -1).filter((part) => part <= uniform * sum).length;
}

/** A flip, or one of the other labels. */
const glauber = (states: number | undefined): SiteRule['choose'] => ([value], _, uniform, change, temperature, out) => {
  let chance = uniform;
  if (states === undefined) out[0] = -value;
  else {
    const pick = Math.floor(uniform * (states - 1));
    chance = uniform * (states - 1) - pick;
    out[0] = pick < value ? pick : pick + 1;
  }
  return chance * (1 + Math.exp(reduced(change(out), temperature))) < 1;
};
