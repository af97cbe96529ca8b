// Metropolis-Hastings on one site at a time: a move is taken with probability
// min(1, e^{-dH/T} q(x|x') / q(x'|x)) (Metropolis et al. 1953, doi:10.1063/1.1699114; EMTD sections 3.1,
// 3.2). A step is a sweep: as many attempts as there are nodes. Chains are independent, in float64.
import { summarised } from '../display/index.js';
import type { Hamiltonian, Moves } from '../energy/index.js';
import { constantField, randomLabels, randomSpins, type Field } from '../field/index.js';
import { normals, Purpose, randomKey, uniforms, type Key, type Seed } from '../random/index.js';
import { samplerCard, savedStateCard } from './display.js';
import type { Proposal } from './proposal.js';
import { checkSaved, type ValuesShape, type Sampler } from './sampler.js';
import { asSchedule, type Temperature } from './schedule.js';

export interface MetropolisOptions {
  readonly temperature: Temperature;
  readonly proposal: Proposal;
  /** Sites drawn at random with replacement (default), or in order: the latter keeps the stationary law
   *  but not detailed balance. */
  readonly order?: 'random' | 'sequential';
}

export interface MetropolisState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  /** One state [nodes, components] a chain. */
  readonly chains: readonly Float64Array[];
  readonly moves: readonly Moves[];
  /** Accepted moves by chain. */
  readonly accepted: Float64Array;
}

/**
 * A Metropolis sampler of exp(-H/T).
 *
 * @throws RangeError if the temperature is negative, TypeError at `init` if the field's codomain is not
 *         the proposal's, RangeError for a centred field (single-site moves shift the mean)
 * @example metropolis(energy, { temperature: 2, proposal: flip })
 */
export function metropolis(energy: Hamiltonian, options: MetropolisOptions): Sampler<MetropolisState> {
  const { proposal, order = 'random' } = options;
  const temperature = asSchedule(options.temperature);
  const name = `metropolis (${proposal.name}, ${order} order)`;
  const nodes = energy.graph.nodeCount;

  const assemble = (from: Omit<MetropolisState, 'key' | 'moves'>): MetropolisState => ({
    ...from,
    key: randomKey(from.seed, 'metropolis'),
    moves: from.chains.map((chain) => energy.track(chain)),
  });

  return summarised<Sampler<MetropolisState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains, seed }) => {
      const shape = { sites: nodes, components, chains };
      if (proposal.states !== undefined) return randomLabels({ ...shape, states: proposal.states, seed });
      return proposal.codomain === 'spin' ? randomSpins({ ...shape, seed }) : constantField(shape, 0);
    },

    init(field, seed) {
      if (field.codomain !== proposal.codomain) {
        throw new TypeError(
          `metropolis: the proposal "${proposal.name}" moves ${proposal.codomain} fields, got a ${field.codomain} field`,
        );
      }
      if (field.gauge === 'centred') {
        throw new RangeError('metropolis: single-site moves shift the mean; the field must be free or pinned, got centred');
      }
      const shape: ValuesShape = [nodes, field.components, field.chains];
      const chains = splitChains(field.values, shape);
      return assemble({ step: 0, seed, shape, gauge: field.gauge, chains, accepted: new Float64Array(field.chains) });
    },

    step(state) {
      sweep(state, temperature.at(state.step), proposal, order);
      return { ...state, step: state.step + 1 };
    },

    read: async ({ chains, shape }) => joinChains(chains, shape),
    acceptance: ({ accepted, step }) => Array.from(accepted, (count) => (step === 0 ? NaN : count / (step * nodes))),

    save: async ({ step, seed, shape, gauge, chains, accepted }) => {
      const values = new Float64Array(shape[0] * shape[1] * shape[2]);
      chains.forEach((chain, c) => values.set(chain, c * chain.length));
      return summarised({ sampler: name, seed, step, shape, gauge, arrays: { chains: values, accepted: accepted.slice() } }, savedStateCard);
    },

    restore(saved) {
      checkSaved(name, nodes, saved);
      const [, components, count] = saved.shape;
      const size = nodes * components;
      const values = saved.arrays['chains'];
      const chains = Array.from({ length: count }, (_, c) => Float64Array.from(values.slice(c * size, (c + 1) * size)));
      const accepted = Float64Array.from(saved.arrays['accepted']);
      return assemble({ step: saved.step, seed: saved.seed, shape: saved.shape, gauge: saved.gauge, chains, accepted });
    },

    dispose() {},
  }, samplerCard);
}

/** One attempted move a node, in every chain. Draws are counted by (sweep, attempt, chain). */
function sweep(state: MetropolisState, temperature: number, proposal: Proposal, order: 'random' | 'sequential'): void {
  const { step, key, chains, moves, accepted, gauge } = state;
  const [nodes, d, count] = state.shape;
  const fill = (purpose: number, lanes: number, draw: typeof uniforms): Float64Array => {
    const out = new Float64Array(nodes * lanes);
    draw(out, key, { step, purpose, nodes, lanes });
    return out;
  };
  const draws =
    proposal.draws === 'none' ? undefined : fill(Purpose.proposal, count * d, proposal.draws === 'normal' ? normals : uniforms);
  const chance = fill(Purpose.acceptance, count, uniforms);
  const pick = order === 'random' ? fill(Purpose.order, count, uniforms) : undefined;
  const pinned = typeof gauge === 'object' ? new Set(gauge.pinned) : undefined;
  const [value, draw, proposed] = [new Float64Array(d), new Float64Array(d), new Float64Array(d)];
  for (let c = 0; c < count; c++) {
    const chain = chains[c];
    for (let attempt = 0; attempt < nodes; attempt++) {
      const node = pick ? Math.min(nodes - 1, Math.floor(pick[attempt * count + c] * nodes)) : attempt;
      if (pinned?.has(node)) continue;
      const from = (attempt * count + c) * d;
      for (let k = 0; k < d; k++) {
        value[k] = chain[node * d + k];
        if (draws) draw[k] = draws[from + k];
      }
      const logRatio = proposal.propose(value, draw, proposed);
      const exponent = -moves[c].change(node, proposed) / temperature + logRatio;
      // at T = 0 a move that costs nothing has the exponent NaN, and is taken
      if (!(exponent < 0) || chance[attempt * count + c] < Math.exp(exponent)) {
        moves[c].commit(node, proposed);
        accepted[c]++;
      }
    }
  }
}

/** [nodes, components, chains] to one [nodes, components] a chain. */
function splitChains(values: ArrayLike<number>, [nodes, d, chains]: ValuesShape): Float64Array[] {
  return Array.from({ length: chains }, (_, c) =>
    Float64Array.from({ length: nodes * d }, (_, at) => values[at * chains + c]),
  );
}

function joinChains(chains: readonly Float64Array[], [nodes, d, count]: ValuesShape): Float32Array {
  const values = new Float32Array(nodes * d * count);
  for (let c = 0; c < count; c++) {
    const chain = chains[c];
    for (let at = 0; at < chain.length; at++) values[at * count + c] = chain[at];
  }
  return values;
}
