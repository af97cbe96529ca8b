// The proposal's own program, with its numbers and its faults. Do not repair it; no other room samples with
// it.
//
//   state of node i:  (data, reputation), from (0, 1); temperature T_i, from 100, times `decay` at each visit
//   H_i = sum over neighbours j of 1/2 |s_i - s_j|^2        (half the true change of Definition 1.2)
//   a proposal of new data is kept unless H_i rises by dE > 0 and a uniform u > exp(-dE / T_i);
//     u is drawn only when dE > 0
//   node 0 is offered the signal once; then, sweep after sweep, every node in order is offered the data that
//     node 0 holds, neighbour or not
//   stop when a sweep's sum of |change of state| is below 1e-4, and after 1000 sweeps at the latest
//
// Source: EMTD, section 3.3.
import { byDefault, needed, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import { aFunction, aList, each, finite, positive } from '../numerics/rules.js';
import { localEnergy, type NeighbourLists, norm } from './programEnergy.js';
import {
  addCaption,
  card,
  countText,
  formatNumber,
  naturalRange,
  numeral,
  type Picture,
  printAs,
  strip,
  summaryOf,
} from '../display/index.js';

export const programOptions = {
  /** Data offered to node 0, in units of the state; energies are its square. */
  signal: needed(finite),
  /** Factor on a node's temperature at each visit; 0.95 by default. */
  decay: byDefault(0.95, positive),
};

const referenceOptions = {
  /** By node: its neighbours. */
  neighbours: needed(typed<NeighbourLists>(each(aList))),
  ...programOptions,
  /** Uniform numbers in [0, 1), one per call, drawn only when an energy rises. */
  uniform: needed(typed<() => number>(aFunction)),
};

/** Input of the proposal's program. */
export interface ReferenceInput
  extends OptionsOf<typeof programOptions>,
    OptionsOf<typeof referenceOptions> {}

/** One run of the proposal's program. */
export interface ReferenceRun {
  /** Whether node 0 took the signal. The program neither returns nor prints it. */
  readonly injected: boolean;
  /** Sweeps done: the number in "System crystallized in {steps} steps". */
  readonly steps: number;
  /**
   * Whether the stopping rule ended the run, not the limit of sweeps. The program prints the same in both
   * cases.
   */
  readonly converged: boolean;
  /** (data, reputation) of node 0: all that the program returns of the state. */
  readonly final: readonly [number, number];
  /** Data of every node after each sweep, [sweep][node]. */
  readonly stateAfterSweep: readonly (readonly number[])[];
  /** Reputation of every node after each sweep, [sweep][node]. */
  readonly reputationAfterSweep: readonly (readonly number[])[];
  /** Temperature of every node at the end. */
  readonly temperatures: readonly number[];
}

/**
 * The temperature T_0 with which every node of the reference program begins, in units of energy.
 *
 * @example reference.injectionProbability(4, 14) === Math.exp(-4 * 14 ** 2 / (2 * reference.referenceTemperature)); // true
 */
export const referenceTemperature = 100;
const initialData = 0;
const initialReputation = 1;
const tolerance = 1e-4;
const sweepLimit = 1000;

/**
 * Runs the program of EMTD section 3.3 once. The same input and uniforms give the same states, bit by bit.
 *
 * @throws RangeError for no nodes, a neighbour that does not exist, a signal that is not finite, or a
 *   decay that is not positive.
 * @example
 * const run = reference.runReference({ neighbours: [[1], [0]], signal: 3, uniform: () => 0.5 });
 * run.steps; // 2: both nodes change in the first sweep, none in the second
 * run.final; // [3, 1]
 */
export function runReference(input: ReferenceInput): ReferenceRun {
  const { neighbours, signal, decay, uniform } = readOptions('runReference', input, referenceOptions);
  requireNeighbours(neighbours);
  const nodes = new Nodes(neighbours);
  const injected = nodes.offer(0, signal, uniform);

  const stateAfterSweep: number[][] = [];
  const reputationAfterSweep: number[][] = [];
  let converged = false;
  while (!converged && stateAfterSweep.length < sweepLimit) {
    converged = sweep(nodes, decay, uniform) < tolerance;
    stateAfterSweep.push([...nodes.data]);
    reputationAfterSweep.push([...nodes.reputation]);
  }
  return printAs<ReferenceRun>(
    {
      injected,
      steps: stateAfterSweep.length,
      converged,
      final: [nodes.data[0], nodes.reputation[0]],
      stateAfterSweep,
      reputationAfterSweep,
      temperatures: [...nodes.temperature],
    },
    runCard,
  );
}

/** Offers node 0's data to one node after another and cools it; returns the sum of |change of state|. */
function sweep(nodes: Nodes, decay: number, uniform: () => number): number {
  let change = 0;
  for (let i = 0; i < nodes.count; i++) {
    const [data, reputation] = [nodes.data[i], nodes.reputation[i]];
    nodes.offer(i, nodes.data[0], uniform);
    change += norm(nodes.data[i] - data, nodes.reputation[i] - reputation);
    nodes.temperature[i] *= decay;
  }
  return change;
}

class Nodes {
  readonly count: number;
  readonly data: Float64Array;
  readonly reputation: Float64Array;
  readonly temperature: Float64Array;

  constructor(readonly neighbours: NeighbourLists) {
    this.count = neighbours.length;
    this.data = new Float64Array(this.count).fill(initialData);
    this.reputation = new Float64Array(this.count).fill(initialReputation);
    this.temperature = new Float64Array(this.count).fill(referenceTemperature);
  }

  /** Metropolis step on the data of node i; returns whether it was accepted. */
  offer(i: number, proposed: number, uniform: () => number): boolean {
    const old = this.data[i];
    const before = localEnergy(this.neighbours, this, i);
    this.data[i] = proposed;
    const rise = localEnergy(this.neighbours, this, i) - before;
    if (rise > 0 && uniform() > Math.exp(-rise / this.temperature[i])) {
      this.data[i] = old;
      return false;
    }
    return true;
  }
}

function requireNeighbours(neighbours: NeighbourLists): void {
  const count = neighbours.length;
  if (count === 0) throw new RangeError('runReference: needs at least one node, got 0');
  for (const [i, list] of neighbours.entries()) {
    const invalid = list.find((j) => !(Number.isInteger(j) && j >= 0 && j < count));
    if (invalid !== undefined)
      throw new RangeError(`runReference: neighbours of node ${i} must be in [0, ${count}), got ${invalid}`);
  }
}

/** Sweeps and nodes of the picture. */
const most = { sweeps: 32, nodes: 96 };

export function runCard({ injected, steps, converged, final, stateAfterSweep, temperatures }: ReferenceRun) {
  return card(
    `Reference program: ${countText(steps, 'sweep')}, ${converged ? 'converged' : 'stopped at the limit'}`,
    {
      signal: injected ? 'entered' : 'refused by node 0',
      nodes: numeral(temperatures.length),
      'node 0 at the end': `data ${formatNumber(final[0])}, reputation ${formatNumber(final[1])}`,
      'values at the end': [...new Set(stateAfterSweep.at(-1))].slice(0, 6).map(formatNumber).join(', '),
    },
    courseOf(stateAfterSweep),
  );
}

function courseOf(stateAfterSweep: readonly (readonly number[])[]): Picture {
  const rows = stateAfterSweep.slice(0, most.sweeps).map((data) => data.slice(0, most.nodes));
  const { least, greatest } = summaryOf(rows.flat());
  const size = {
    cellWidth: Math.max(3, Math.min(8, 300 / rows[0].length)),
    cellHeight: Math.max(4, Math.min(10, 120 / rows.length)),
  };
  return addCaption(strip(rows, naturalRange(Math.min(0, least), greatest > 0 ? greatest : 1), size), [
    'data by node across, sweeps down',
  ]);
}
