// Sweeps of single-site moves in float64, one chain after another: every energy, and the reference of compiled moves.
import { summarised } from '../display/index.js';
import type { Hamiltonian, Moves } from '../energy/index.js';
import { constantField, randomLabels, randomSpins, type Field } from '../field/index.js';
import { colouring } from '../graph/colouring.js';
import type { Graph } from '../graph/index.js';
import { normals, Purpose, randomKey, uniforms, type Key, type Seed } from '../random/index.js';
import { samplerCard, savedStateCard } from './display.js';
import type { MoveOrder } from '../codegen/index.js';
import { checkSaved, type ValuesShape, type Sampler } from './sampler.js';
import type { NodeSchedule } from './nodeTemperature.js';
import type { SiteRule } from './siteRule.js';

export interface MoveSettings {
  /** Of the sampler. */
  readonly name: string;
  readonly temperature: NodeSchedule;
  readonly order: MoveOrder;
}

export interface InterpretedState {
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

export function interpretedMoves(energy: Hamiltonian, rule: SiteRule, { name, temperature, order }: MoveSettings): Sampler<InterpretedState> {
  const nodes = energy.graph.nodeCount;
  const assemble = (from: Omit<InterpretedState, 'key' | 'moves'>): InterpretedState => ({
    ...from,
    key: randomKey(from.seed, rule.caller),
    moves: from.chains.map((chain) => energy.track(chain)),
  });
  const row = order === 'colouring' ? byColour(energy.graph) : undefined;

  return summarised<Sampler<InterpretedState>>({
    name,
    energy,
    temperature,
    initialField: (options) => initialField(rule, nodes, options),

    init(field, seed) {
      checkField(rule, field);
      const shape: ValuesShape = [nodes, field.components, field.chains];
      const chains = splitChains(field.values, shape);
      return assemble({ step: 0, seed, shape, gauge: field.gauge, chains, accepted: new Float64Array(field.chains) });
    },

    step(state) {
      sweep(state, temperature.at(state.step), rule, order, row);
      return { ...state, step: state.step + 1 };
    },

    read: async ({ chains, shape }) => joinChains(chains, shape, Float32Array),
    acceptance: ({ accepted, step }) => acceptedShare(accepted, step, nodes),

    save: async ({ step, seed, shape, gauge, chains, accepted }) => {
      const values = joinChains(chains, shape, Float64Array);
      return summarised({ sampler: name, seed, step, shape, gauge, arrays: { values, accepted: accepted.slice() } }, savedStateCard);
    },

    restore(saved) {
      checkSaved(name, nodes, saved);
      const chains = splitChains(saved.arrays['values'], saved.shape);
      const accepted = Float64Array.from(saved.arrays['accepted']);
      return assemble({ step: saved.step, seed: saved.seed, shape: saved.shape, gauge: saved.gauge, chains, accepted });
    },

    dispose() {},
  }, samplerCard);
}

/** Of one attempt a node and step; NaN before the first. */
export const acceptedShare = (accepted: Float64Array, steps: number, nodes: number): number[] =>
  Array.from(accepted, (count) => count / (steps * nodes));

/** Spins or labels at random, zeros for other fields. */
export function initialField(
  { states, codomain }: Pick<SiteRule, 'states' | 'codomain'>, nodes: number, { components, chains, seed }: { components: number; chains: number; seed: Seed },
): Field {
  const shape = { sites: nodes, components, chains };
  if (states !== undefined) return randomLabels({ ...shape, states, seed });
  return codomain === 'spin' ? randomSpins({ ...shape, seed }) : constantField(shape, 0);
}

/** @throws TypeError for a field of another codomain, RangeError for other numbers of labels and for a centred field */
export function checkField({ caller, moves = 'the rule', codomain, states }: Omit<SiteRule, 'draws' | 'choose'>, field: Field): void {
  if (field.codomain !== codomain) {
    throw new TypeError(`${caller}: ${moves} moves ${codomain} fields, got a ${field.codomain} field`);
  }
  if (states !== undefined && field.states !== states) {
    throw new RangeError(`${caller}: ${moves} moves fields of ${states} labels, got one of ${field.states}`);
  }
  if (field.gauge === 'centred') {
    throw new RangeError(`${caller}: single-site moves shift the mean; the field must be free or pinned, got centred`);
  }
}

/** One attempted move a node, in every chain. Draws are counted by (sweep, node, chain), in random order by attempts. */
function sweep(state: InterpretedState, temperature: number | ArrayLike<number>, rule: SiteRule, order: MoveOrder, row: Int32Array | undefined): void {
  const { step, key, chains, moves, accepted, gauge } = state;
  const [nodes, d, count] = state.shape;
  const fill = (purpose: number, lanes: number, draw: typeof uniforms): Float64Array => {
    const out = new Float64Array(nodes * lanes);
    draw(out, key, { step, purpose, nodes, lanes });
    return out;
  };
  const draws = rule.draws === 'none' ? undefined : fill(Purpose.proposal, count * d, rule.draws === 'normal' ? normals : uniforms);
  const chance = fill(Purpose.acceptance, count, uniforms);
  const pick = order === 'random' ? fill(Purpose.order, count, uniforms) : undefined;
  const pinned = typeof gauge === 'object' ? new Set(gauge.pinned) : undefined;
  const [value, draw, proposed] = [new Float64Array(d), new Float64Array(d), new Float64Array(d)];
  for (let c = 0; c < count; c++) {
    const chain = chains[c];
    for (let turn = 0; turn < nodes; turn++) {
      const attempt = row ? row[turn] : turn;
      const node = pick ? Math.min(nodes - 1, Math.floor(pick[attempt * count + c] * nodes)) : attempt;
      if (pinned?.has(node)) continue;
      const from = (attempt * count + c) * d;
      for (let k = 0; k < d; k++) {
        value[k] = chain[node * d + k];
        if (draws) draw[k] = draws[from + k];
      }
      const T = typeof temperature === 'number' ? temperature : temperature[node];
      if (rule.choose(value, draw, chance[attempt * count + c], (other) => moves[c].change(node, other), T, proposed)) {
        moves[c].commit(node, proposed);
        accepted[c]++;
      }
    }
  }
}

/** The nodes of one colour after another. */
function byColour(graph: Graph): Int32Array {
  const { colours } = colouring(graph);
  return Int32Array.from(colours.keys()).sort((a, b) => colours[a] - colours[b] || a - b);
}

/** [nodes, components, chains] to one [nodes, components] a chain. */
function splitChains(values: ArrayLike<number>, [nodes, d, chains]: ValuesShape): Float64Array[] {
  return Array.from({ length: chains }, (_, c) =>
    Float64Array.from({ length: nodes * d }, (_, at) => values[at * chains + c]),
  );
}

function joinChains<Values extends Float32Array | Float64Array>(
  chains: readonly Float64Array[], [nodes, d, count]: ValuesShape, Kind: new (length: number) => Values,
): Values {
  const values = new Kind(nodes * d * count);
  for (let c = 0; c < count; c++) {
    const chain = chains[c];
    for (let at = 0; at < chain.length; at++) values[at * count + c] = chain[at];
  }
  return values;
}
