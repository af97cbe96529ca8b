// Sweeps of single-site moves in float64, one chain after another: every energy, and the reference of
// compiled moves.
import { type Hamiltonian, type Moves, reachOf } from '../../energies/index.js';
import { colouring } from '../../graphs/index.js';
import { normals, Purpose, uniforms } from '../../randomness/index.js';
import type { MoveOrder } from '../../codegen/index.js';
import { chainsOf, joined } from '../chains.js';
import { changeNotANumber, EnergyNotANumber, termAt } from '../energyNotANumber.js';
import type { NodeSchedule } from '../schedules/nodeTemperature.js';
import { makeSampler, stepByStep, type RunPosition } from '../makeSampler.js';
import { SamplerStopped, type Sampler } from '../sampler.js';
import { movesField } from './movedField.js';
import type { SiteRule } from './siteRule.js';

export interface InterpretedState extends RunPosition {
  /** One state [nodes, components] per chain. */
  readonly chains: readonly Float64Array[];
  readonly moves: readonly Moves[];
  readonly accepted: Float64Array;
}

export function interpretedMoves(
  energy: Hamiltonian,
  rule: SiteRule,
  { name, temperature, order }: { name: string; temperature: NodeSchedule; order: MoveOrder },
): Sampler<InterpretedState> {
  const nodes = energy.graph.nodeCount;
  const tracked = (chains: readonly Float64Array[]) => ({
    chains,
    moves: chains.map((chain) => energy.track(chain)),
  });
  const row = order === 'colouring' ? byColour(energy) : undefined;

  return makeSampler<InterpretedState>({
    caller: rule.caller,
    name,
    energy,
    temperature,
    attempts: nodes,
    needs: ['accepted'],
    ...movesField(rule, nodes, false),
    start: ({ shape }, { values, accepted }) => ({ ...tracked(chainsOf(values, shape[2])), accepted }),

    advance: stepByStep((state) => {
      const before = { chains: state.chains.map((chain) => chain.slice()), accepted: state.accepted.slice() };
      try {
        sweep(state, energy, temperature.at(state.step), rule, order, row);
      } catch (error) {
        if (!(error instanceof EnergyNotANumber)) throw error;
        const whole: InterpretedState = { ...state, ...tracked(before.chains), accepted: before.accepted };
        throw new SamplerStopped(error, whole);
      }
      return { ...state, step: state.step + 1 };
    }),

    values: ({ chains }) => joined(chains),
    accepted: ({ accepted }) => accepted,
    load: (state, values) => ({ ...state, ...tracked(chainsOf(values, state.shape[2])) }),
  });
}

/**
 * One attempted move per node, in every chain. Draws are counted by (sweep, node, chain), in random order by
 * attempts.
 */
function sweep(
  state: InterpretedState,
  energy: Hamiltonian,
  temperature: number | ArrayLike<number>,
  rule: SiteRule,
  order: MoveOrder,
  row: Int32Array | undefined,
): void {
  const { step, key, chains, moves, accepted, gauge } = state;
  const [nodes, d, count] = state.shape;
  const fill = (purpose: number, lanes: number, draw: typeof uniforms): Float64Array =>
    draw(new Float64Array(nodes * lanes), key, { step, purpose, nodes, lanes });
  const draws =
    rule.draws === 'none'
      ? undefined
      : fill(Purpose.proposal, count * d, rule.draws === 'normal' ? normals : uniforms);
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
      const change = (other: Float64Array): number => {
        const difference = moves[c].change(node, other);
        if (Number.isNaN(difference))
          throw changeNotANumber(rule.caller, {
            step,
            node,
            chain: c,
            term: termAt(energy, chain, node, other),
          });
        return difference;
      };
      const T = typeof temperature === 'number' ? temperature : temperature[node];
      if (rule.choose(value, draw, chance[attempt * count + c], change, T, proposed)) {
        moves[c].commit(node, proposed);
        accepted[c]++;
      }
    }
  }
}

/** The nodes of one colour after another. */
function byColour({ graph, terms }: Hamiltonian): Int32Array {
  const { colours } = colouring(graph, reachOf(terms));
  return Int32Array.from(colours.keys()).sort((a, b) => colours[a] - colours[b] || a - b);
}
