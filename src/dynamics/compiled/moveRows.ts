// What single-site moves of a Hamiltonian work on, on any machine: its rows, their tables, and the values in them.
import { LANES, moveLayout, type MoveLayout, type MoveShape, type StepTerm } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { moveTerms, reachOf } from '../../energy/localTerms.js';
import { tablesOf } from '../../energy/tables.js';
import { StepTable } from './stepTable.js';
import { arrange, arrangedTerm, type Arrangement } from './arrangement.js';

export interface MoveSetup extends Omit<MoveShape, 'hasStars'> {
  /** Nodes that are held. */
  readonly pinned: readonly number[];
}

/** 1 / T; at T = 0 a finite number, so that 0 times it is 0. */
const inverse = (T: number): number => Math.min(1 / T, 1e30);

export class MoveRows {
  readonly terms: readonly StepTerm[];
  /** Of the generated code: where a term couples all nodes, those of a class move one after another. */
  readonly shape: MoveShape;
  readonly layout: MoveLayout;
  readonly arrangement: Arrangement;
  readonly arrays: Readonly<Record<string, Int32Array | Float32Array>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** Values with those of rows and columns that fill up. */
  readonly length: number;
  /** 1 / T of each sweep of a run, or of each of its rows. */
  readonly betas: StepTable;

  /** @throws TypeError for a term that no moves can be generated for */
  constructor(caller: string, energy: Hamiltonian, readonly setup: MoveSetup) {
    const { chains, order, pinned, states, rule, byNode } = setup;
    this.terms = moveTerms(caller, energy.terms);
    const [hasStars, hasGlobals] = ['star', 'global'].map((kind) => this.terms.some((term) => term.kind === kind));
    this.shape = { chains, states, rule, byNode, hasStars, order: hasGlobals && order === 'colouring' ? 'sequential' : order };
    this.layout = moveLayout(this.shape);
    const { nodesInLanes, width } = this.layout;
    const rows = (this.arrangement = arrange(energy.graph, order, pinned, nodesInLanes ? LANES : 1, reachOf(energy.terms)));
    const { arrays, numbers } = tablesOf(rows.graph, energy.terms.map((term) => arrangedTerm(term, rows)), nodesInLanes ? chains : LANES);
    [this.arrays, this.numbers, this.length] = [{ ...arrays, nodes: rows.nodeOf }, numbers, rows.nodeOf.length * width];
    this.betas = new StepTable(byNode, rows.nodeOf.length);
  }

  /** 1 / T of `count` sweeps from the first on, row by row where it is by node; undefined where the table has them already. */
  betasOf(first: number, count: number, temperature: (step: number) => number | ArrayLike<number>): Float32Array | undefined {
    const { nodeOf } = this.arrangement;
    const byRow = new Float32Array(nodeOf.length).fill(1);
    return this.betas.filled(first, count, temperature, (T) => {
      if (typeof T === 'number') return inverse(T);
      for (let row = 0; row < nodeOf.length; row++) if (nodeOf[row] >= 0) byRow[row] = inverse(T[nodeOf[row]]);
      return byRow;
    });
  }

  /** Adds what the program has counted in so many sweeps: moves that are taken, of the heat bath those that leave the value. */
  addAccepted(accepted: Float64Array, steps: number, counts: Uint32Array, chainOf: (at: number) => number): void {
    const [attempts, sign] = this.setup.rule === 'heat bath' ? [steps * this.arrangement.free, -1] : [0, 1];
    for (let c = 0; c < accepted.length; c++) accepted[c] += attempts;
    counts.forEach((count, at) => {
      const chain = chainOf(at);
      if (chain < accepted.length) accepted[chain] += sign * count;
    });
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
