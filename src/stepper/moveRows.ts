// What single-site moves of a Hamiltonian go through, on whatever machine: its rows, their tables, and the values in them.
import { LANES, moveLayout, type MoveLayout, type MoveOrder, type MoveRule, type States } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { tablesOf } from '../energy/tables.js';
import { arrange, arrangedTerm, type Arrangement } from './arrangement.js';

export interface MoveSetup {
  readonly rule: MoveRule;
  readonly order: MoveOrder;
  readonly states: States;
  readonly chains: number;
  /** Nodes that are held. */
  readonly pinned: readonly number[];
}

/** Sweeps of one run: a table of inverse temperatures holds one each. */
export const MOST_SWEEPS = 4096;
/** At T = 0 energies that differ are told apart, and those that do not stay equal: 0 times it is 0. */
const COLDEST = 1e30;

/** 1 / T of sweeps from number `first` on. */
export const betas = (first: number, count: number, temperature: (step: number) => number): Float32Array =>
  Float32Array.from({ length: count }, (_, s) => Math.min(1 / temperature(first + s), COLDEST));

export class MoveRows {
  readonly layout: MoveLayout;
  readonly arrangement: Arrangement;
  readonly arrays: Readonly<Record<string, Int32Array | Float32Array>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** Values with those of rows and columns that fill up. */
  readonly length: number;

  constructor(energy: Hamiltonian, readonly setup: MoveSetup) {
    const { chains, order, pinned } = setup;
    this.layout = moveLayout(setup);
    const { nodesInLanes, width } = this.layout;
    const rows = (this.arrangement = arrange(energy.graph, order, pinned, nodesInLanes ? LANES : 1));
    const { arrays, numbers } = tablesOf(rows.graph, energy.terms.map((term) => arrangedTerm(term, rows)), nodesInLanes ? chains : LANES);
    [this.arrays, this.numbers, this.length] = [{ ...arrays, nodes: rows.nodeOf }, numbers, rows.nodeOf.length * width];
  }

  /** [nodes, 1, chains] into rows. */
  fill(rows: Float32Array, values: Float32Array): void {
    const { setup: { chains, states }, layout: { width }, arrangement: { nodeOf } } = this;
    rows.fill(states === 'spin' ? 1 : 0);
    for (let row = 0; row < nodeOf.length; row++) {
      const from = nodeOf[row] * chains;
      if (from >= 0) for (let c = 0; c < chains; c++) rows[row * width + c] = values[from + c];
    }
  }

  /** A copy: [nodes, 1, chains]. */
  read(rows: Float32Array): Float32Array {
    const { setup: { chains }, layout: { width }, arrangement: { rowOf } } = this;
    const out = new Float32Array(rowOf.length * chains);
    for (let i = 0; i < rowOf.length; i++) {
      const from = rowOf[i] * width;
      for (let c = 0; c < chains; c++) out[i * chains + c] = rows[from + c];
    }
    return out;
  }
}
