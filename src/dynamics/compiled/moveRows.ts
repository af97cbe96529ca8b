// What single-site moves of a Hamiltonian work on, on any machine: its rows, their tables, and the values in
// them.
import { LANES, moveLayout, type MoveLayout, type MoveShape, type StepTerm } from '../../codegen/index.js';
import {
  type Hamiltonian,
  type Term,
  moveTerms,
  reachOf,
  isOriented,
  tablesOf,
} from '../../energies/index.js';
import { colouring, Graph } from '../../graphs/index.js';
import { StepTable } from './stepTable.js';

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
  readonly arrangement: ReturnType<typeof arrange>;
  readonly arrays: Readonly<Record<string, Int32Array | Float32Array>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** Values with those of rows and columns that fill up. */
  readonly length: number;
  /** 1 / T of each sweep of a run, or of each of its rows. */
  readonly betas: StepTable;

  /** @throws TypeError for a term that no moves can be generated for */
  constructor(
    caller: string,
    energy: Hamiltonian,
    readonly setup: MoveSetup,
  ) {
    const { chains, order, states, rule, byNode } = setup;
    this.terms = moveTerms(caller, energy.terms);
    const [hasStars, hasGlobals] = ['star', 'global'].map((kind) =>
      this.terms.some((term) => term.kind === kind),
    );
    this.shape = {
      chains,
      states,
      rule,
      byNode,
      hasStars,
      order: hasGlobals && order === 'colouring' ? 'sequential' : order,
    };
    this.layout = moveLayout(this.shape);
    const { nodesInLanes, width } = this.layout;
    const rows = (this.arrangement = arrange(
      energy.graph,
      setup,
      nodesInLanes ? LANES : 1,
      reachOf(energy.terms),
    ));
    const { arrays, numbers } = tablesOf(
      rows.graph,
      energy.terms.map((term) => arrangedTerm(term, rows.nodeOf)),
      nodesInLanes ? chains : LANES,
    );
    [this.arrays, this.numbers, this.length] = [
      { ...arrays, nodes: rows.nodeOf },
      numbers,
      rows.nodeOf.length * width,
    ];
    this.betas = new StepTable(byNode, rows.nodeOf.length);
  }

  /**
   * 1 / T of `count` sweeps from the first on, row by row where it is by node; undefined where the table has
   * them already.
   */
  betasOf(
    first: number,
    count: number,
    temperature: (step: number) => number | ArrayLike<number>,
  ): Float32Array | undefined {
    const { nodeOf } = this.arrangement;
    const byRow = new Float32Array(nodeOf.length).fill(1);
    return this.betas.filled(first, count, temperature, (T) => {
      if (typeof T === 'number') return inverse(T);
      for (let row = 0; row < nodeOf.length; row++)
        if (nodeOf[row] >= 0) byRow[row] = inverse(T[nodeOf[row]]);
      return byRow;
    });
  }

  /**
   * Adds what the program has counted in so many sweeps: moves that are taken, of the heat bath those that
   * leave the value.
   */
  addAccepted(
    accepted: Float64Array,
    steps: number,
    counts: Uint32Array,
    chainOf: (at: number) => number,
  ): void {
    const [attempts, sign] = this.setup.rule === 'heat bath' ? [steps * this.arrangement.free, -1] : [0, 1];
    for (let c = 0; c < accepted.length; c++) accepted[c] += attempts;
    counts.forEach((count, at) => {
      const chain = chainOf(at);
      if (chain < accepted.length) accepted[chain] += sign * count;
    });
  }

  /** [nodes, 1, chains] into rows. */
  fill(rows: Float32Array, values: Float32Array): void {
    const {
      setup: { chains, states },
      layout: { width },
      arrangement: { nodeOf },
    } = this;
    rows.fill(states === 'spin' ? 1 : 0);
    for (let row = 0; row < nodeOf.length; row++) {
      const from = nodeOf[row] * chains;
      if (from >= 0) for (let c = 0; c < chains; c++) rows[row * width + c] = values[from + c];
    }
  }

  /** A copy: [nodes, 1, chains]. */
  read(rows: Float32Array): Float32Array {
    const {
      setup: { chains },
      layout: { width },
      arrangement: { rowOf },
    } = this;
    const out = new Float32Array(rowOf.length * chains);
    for (let i = 0; i < rowOf.length; i++) {
      const from = rowOf[i] * width;
      for (let c = 0; c < chains; c++) out[i * chains + c] = rows[from + c];
    }
    return out;
  }
}

/**
 * The classes of a colouring one after another, and at the end the nodes that are held, which no sweep
 * reaches: the row of each node and the node of each row, or -1; the ranges of rows that are swept one after
 * another; how many nodes are swept, without a colouring the first rows; and the graph of the rows.
 *
 * @param lanes of nodes: rows without neighbours fill each class to a multiple of them
 * @param reach the most bonds between nodes that interact
 */
function arrange(graph: Graph, { order, pinned }: MoveSetup, lanes: number, reach: 1 | 2) {
  const { nodeCount } = graph;
  const isHeld = new Uint8Array(nodeCount);
  for (const node of pinned) isHeld[node] = 1;
  const free = nodeCount - isHeld.reduce((sum, held) => sum + held, 0);
  const { colours, count } =
    order === 'colouring' ? colouring(graph, reach) : { colours: new Int32Array(nodeCount), count: 1 };
  const sizes = new Int32Array(count);
  for (let i = 0; i < nodeCount; i++) sizes[colours[i]] += 1 - isHeld[i];
  let top = 0;
  const classes = Array.from(sizes, (nodes) => {
    const size = lanes * Math.ceil(nodes / lanes);
    return { from: (top += size) - size, size };
  });
  const next = classes.map(({ from }) => from);
  const rowOf = new Int32Array(nodeCount);
  const nodeOf = new Int32Array(top + lanes * Math.ceil((nodeCount - free) / lanes)).fill(-1);
  let held = top;
  for (let i = 0; i < nodeCount; i++) {
    const row = isHeld[i] ? held++ : next[colours[i]]++;
    rowOf[i] = row;
    nodeOf[row] = i;
  }
  const endpoints = graph.endpoints.map((node) => rowOf[node]);
  return {
    rowOf,
    nodeOf,
    classes,
    free,
    graph: new Graph(nodeOf.length, endpoints, graph.equalCoupling ?? graph.couplings, graph.name),
  };
}

/** The term with its values by node in the order of the rows. */
function arrangedTerm(term: Term, nodeOf: Int32Array): Term {
  if (term.indexedBy !== 'node') return term;
  return term.with(
    Object.fromEntries(
      Object.entries(term.parameters).map(([name, value]) => {
        if (typeof value === 'number' || isOriented(value)) return [name, value];
        return [name, Float64Array.from(nodeOf, (node) => (node < 0 ? 0 : value[node]))];
      }),
    ),
  );
}
