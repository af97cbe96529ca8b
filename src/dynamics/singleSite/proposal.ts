// Proposals of single-site moves. Each writes the proposed value and returns ln q(x | x') - ln q(x' | x),
// which is 0 for the symmetric ones.
import { card, type MimeBundle, showAs } from '../../display/index.js';
import { valueRule, CODOMAINS, type Field } from '../../fields/index.js';
import { got, requireInteger, requirePositive } from '../../numerics/check.js';
import { type Rule } from '../../numerics/options.js';
import { requireOneOf } from '../../numerics/rules.js';

/** How a single-site move draws a new value. */
export interface Proposal {
  readonly name: string;
  readonly codomain: Field['codomain'];
  readonly states?: number;
  /** What one move draws, per component: a normal, a uniform in (0, 1), or nothing. */
  readonly draws: 'normal' | 'uniform' | 'none';
  propose(value: ArrayLike<number>, draws: ArrayLike<number>, out: Float64Array): number;
}

export const aProposal: Rule<Proposal> = (caller: string, name: string, value: Partial<Proposal> | null) => {
  if (typeof value !== 'object' || typeof value?.propose !== 'function') {
    throw new TypeError(
      `${caller}: ${name} must be a proposal, such as flip or gaussian(0.5), got ${got(value)}`,
    );
  }
  requireOneOf(caller, `the codomain of ${name}`, value.codomain!, CODOMAINS);
  if (value.codomain === 'potts') requireInteger(caller, `the states of ${name}`, value.states!, 2);
};

/**
 * ln q(x | x') - ln q(x' | x) of a move, whose value stands in `out` then.
 *
 * @throws RangeError for a value that is not one of the codomain, and for a number that is not finite
 */
export function proposedBy(caller: string, proposal: Proposal): Proposal['propose'] {
  const { name, codomain, states } = proposal;
  const [allowed, rule] = valueRule(codomain, states);
  return (value, draws, out) => {
    out.fill(NaN); // what the proposal does not write is found
    const logRatio = proposal.propose(value, draws, out);
    if (!Number.isFinite(logRatio)) {
      throw new RangeError(
        `${caller}: the proposal "${name}" must return ln q(x | x') - ln q(x' | x), 0 where it is symmetric, got ${got(logRatio)}`,
      );
    }
    const wrong = out.findIndex((x) => !allowed(x));
    if (wrong < 0) return logRatio;
    throw new RangeError(
      `${caller}: the proposal "${name}" must write ${codomain} values, ${rule}, to its third argument, ` +
        `got ${out[wrong]} as component ${wrong}`,
    );
  };
}

/** Those that propose each of the other values of a spin or a label with the same probability. */
const uniform = new WeakSet<Proposal>();
export const isUniform = (proposal: Proposal): boolean => uniform.has(proposal);

function proposal(
  name: string,
  codomain: Field['codomain'],
  draws: Proposal['draws'],
  propose: Proposal['propose'],
  states?: number,
): Proposal {
  return showAs<Proposal>(
    { name, codomain, ...(states === undefined ? {} : { states }), draws, propose },
    proposalCard,
  );
}

/**
 * The proposal of a normal step, x' = x + width xi in every component, xi standard normal.
 *
 * @throws RangeError unless width > 0
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const samples = await sample(metropolis(energy, { temperature: 1, proposal: dynamics.gaussian(0.5) }), { chains: 4, steps: 100, seed: 1 });
 * mean(samples.acceptance!); // 0.7105
 */
export function gaussian(width: number): Proposal {
  requirePositive('gaussian', 'width', width);
  return proposal(`gaussian, width ${width}`, 'real', 'normal', (value, draws, out) => {
    for (let k = 0; k < out.length; k++) out[k] = value[k] + width * draws[k];
    return 0;
  });
}

/**
 * The proposal of a log-normal step, x' = x e^(width xi) in every component, for positive values. A step up
 * is longer than the step back; the ratio of the densities corrects for this: ln q(x | x') - ln q(x' | x) =
 * sum over components of ln x' - ln x.
 *
 * @throws RangeError unless width > 0; in a run for a value that is not positive
 * @example
 * const workload = hamiltonian(ring(10), [site((n) => n.sum()), interaction({ J: 0.1 })]); // positive numbers
 * const sampler = metropolis(workload, { temperature: 1, proposal: dynamics.logNormal(0.5) });
 * const { states } = await sample(sampler, { initial: fields.constantField({ sites: 10 }, 1), steps: 100, every: 100, seed: 1 });
 * Math.min(...states[0]) > 0; // true
 */
export function logNormal(width: number): Proposal {
  requirePositive('logNormal', 'width', width);
  return proposal(`log-normal, width ${width}`, 'real', 'normal', (value, draws, out) => {
    let logRatio = 0;
    for (let k = 0; k < out.length; k++) {
      if (!(value[k] > 0)) throw new RangeError(`logNormal: values must be positive, got ${value[k]}`);
      out[k] = value[k] * Math.exp(width * draws[k]);
      logRatio += width * draws[k];
    }
    return logRatio;
  });
}

const proposalCard = ({ name, codomain, states, draws }: Proposal): MimeBundle =>
  card(`Proposal ${name}`, {
    moves: `${codomain} fields`,
    states,
    draws: draws === 'none' ? 'nothing' : `a ${draws} per component`,
  });

/**
 * The proposal to flip a spin, s' = -s.
 *
 * @example
 * const ising = hamiltonian(ring(10), [bond((a, b) => a.mul(b).sum().neg())]);
 * const { states } = await sample(metropolis(ising, { temperature: 1, proposal: dynamics.flip }), { steps: 1, seed: 1 });
 * states[0]; // [-1, -1, 1, 1, 1, 1, ...]
 */
export const flip: Proposal = proposal('flip', 'spin', 'none', (value, _draws, out) => {
  for (let k = 0; k < out.length; k++) out[k] = -value[k];
  return 0;
});
uniform.add(flip);

/**
 * The proposal of another label: x' is one of the q - 1 others, each equally likely.
 *
 * @throws RangeError unless there are at least 2 states
 * @example
 * const potts = hamiltonian(ring(6), [bond((a, b) => a.sub(b).abs().min(1).sum())]);
 * const sampler = metropolis(potts, { temperature: 0.5, proposal: dynamics.relabel(3) });
 * (await sample(sampler, { steps: 50, every: 50, seed: 1 })).states[0]; // [1, 1, 1, 1, 1, 1]
 */
export function relabel(states: number): Proposal {
  requireInteger('relabel', 'states', states, 2);
  const others = proposal(
    `relabel, ${states} states`,
    'potts',
    'uniform',
    (value, draws, out) => {
      for (let k = 0; k < out.length; k++) {
        const other = Math.floor(draws[k] * (states - 1));
        out[k] = other < value[k] ? other : other + 1;
      }
      return 0;
    },
    states,
  );
  uniform.add(others);
  return others;
}
