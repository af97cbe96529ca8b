// Proposals of single-site moves. Each writes the proposed value and returns ln q(x | x') - ln q(x' | x),
// which is 0 for the symmetric ones here.
import { shown } from '../display/index.js';
import type { Field } from '../field/index.js';
import { proposalCard } from './display.js';

export interface Proposal {
  readonly name: string;
  readonly codomain: Field['codomain'];
  /** Number of labels of a 'potts' field. */
  readonly states?: number;
  /** What one move draws, per component: a normal, a uniform in (0, 1), or nothing. */
  readonly draws: 'normal' | 'uniform' | 'none';
  propose(value: ArrayLike<number>, draws: ArrayLike<number>, out: Float64Array): number;
}

/** Those that propose each of the other values of a spin or a label with the same probability. */
const uniform = new WeakSet<Proposal>();
export const isUniform = (proposal: Proposal): boolean => uniform.has(proposal);

/** x' = x + width xi in every component. @throws RangeError unless width > 0 */
export function gaussian(width: number): Proposal {
  if (!(width > 0 && Number.isFinite(width))) throw new RangeError(`gaussian: width must be positive, got ${width}`);
  return shown<Proposal>({
    name: `gaussian, width ${width}`,
    codomain: 'real',
    draws: 'normal',
    propose(value, draws, out) {
      for (let k = 0; k < out.length; k++) out[k] = value[k] + width * draws[k];
      return 0;
    },
  }, proposalCard);
}

/** s' = - s. */
export const flip: Proposal = shown<Proposal>({
  name: 'flip',
  codomain: 'spin',
  draws: 'none',
  propose(value, _draws, out) {
    for (let k = 0; k < out.length; k++) out[k] = -value[k];
    return 0;
  },
}, proposalCard);
uniform.add(flip);

/**
 * x' is one of the other labels, each equally likely.
 * @throws RangeError unless there are at least 2 states
 * @example metropolis(energy, { temperature: 1, proposal: relabel(3) })
 */
export function relabel(states: number): Proposal {
  if (!(Number.isInteger(states) && states >= 2)) {
    throw new RangeError(`relabel: states must be an integer of at least 2, got ${states}`);
  }
  const proposal = shown<Proposal>({
    name: `relabel, ${states} states`,
    codomain: 'potts',
    states,
    draws: 'uniform',
    propose(value, draws, out) {
      for (let k = 0; k < out.length; k++) {
        const other = Math.floor(draws[k] * (states - 1));
        out[k] = other < value[k] ? other : other + 1;
      }
      return 0;
    },
  }, proposalCard);
  uniform.add(proposal);
  return proposal;
}
