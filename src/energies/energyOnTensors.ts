// Energies of bonds and sites, and gradients of all terms made of expressions, by generated code, on tensors
// in the memory of tfjs's wasm backend.
import type { Tensor1D, Tensor3D } from '#tfjs';
import {
  energyProgram,
  LANES,
  SUM_BLOCK,
  slopeOnly,
  sumLanes,
  wasmProgram,
  wideLengths,
  type StepShape,
} from '../codegen/index.js';
import { InPlace } from '../tensors/index.js';
import type { Graph } from '../graphs/index.js';
import { localTerms, stepTerms } from './localTerms.js';
import { phasesOf } from './phases.js';
import { farNeighbours, tablesOf, type Tables } from './tables.js';
import type { Term } from './term.js';

export class EnergyInPlace {
  readonly #tables = new Map<boolean, Tables>();
  readonly #codes = new Map<string, InPlace>();

  constructor(
    readonly graph: Graph,
    readonly terms: readonly Term[],
  ) {}

  /**
   * H of each chain; undefined for values that do not fill a field, or lie too near the end of the memory.
   */
  energy(values: Tensor3D): Tensor1D | undefined {
    return this.#code('energy', values)?.run<Tensor1D>(values, [values.shape[2]]);
  }

  /** dH/dx, or undefined for the same values. */
  gradient(values: Tensor3D): Tensor3D | undefined {
    return this.#code('gradient', values)?.run<Tensor3D>(values, values.shape);
  }

  /** Frees the tables of parameters; those of the graph serve other energies. */
  dispose(): void {
    const ofGraph = ['offsets', 'neighbours', 'slots', 'degrees'];
    const shared = new Set(
      [...this.#tables.values()].flatMap(({ arrays }) => ofGraph.map((name) => arrays[name])),
    );
    for (const code of this.#codes.values()) code.dispose(shared);
  }

  #code(what: 'energy' | 'gradient', values: Tensor3D): InPlace | undefined {
    if (values.isDisposed || values.dtype !== 'float32' || values.size === 0) return undefined;
    const [, components, chains] = values.shape;
    const key = `${what} ${components} ${chains}`;
    let code = this.#codes.get(key);
    if (!code) this.#codes.set(key, (code = this.#make(what, { components, chains })));
    return code.reaches(values) ? code : undefined;
  }

  #make(what: 'energy' | 'gradient', shape: StepShape): InPlace {
    const {
      graph: { nodeCount },
      terms,
    } = this;
    const width = shape.components * shape.chains;
    const { arrays, numbers } = this.#tablesFor(shape.chains);
    const sumBlocks = Math.ceil(nodeCount / SUM_BLOCK);
    const sizes = { nodes: nodeCount, pinned: 0, chains: shape.chains };
    // overrun: the last vector of a row, and where nodes stand in lanes the three rows that fill the last
    // four
    const common = {
      input: 'x',
      floats: numbers,
      overrun: 16 + (shape.chains < LANES ? 12 * width : 0),
      words: { sumBlocks },
    };
    if (what === 'gradient') {
      const steps = stepTerms(what, terms);
      const program = wasmProgram(steps, slopeOnly, shape, 'free');
      const between = Object.entries(wideLengths(steps, shape, nodeCount)).map(
        ([name, length]) => [name, new Float32Array(length)] as const,
      );
      return new InPlace({
        ...common,
        program,
        phases: phasesOf(program.phases, sizes),
        output: 'next',
        tables: { ...arrays, ...farNeighbours(this.graph, width), ...Object.fromEntries(between) },
      });
    }
    const program = energyProgram(localTerms(what, terms), shape);
    return new InPlace({
      ...common,
      program,
      phases: phasesOf(program.phases, sizes),
      output: 'energies',
      tables: { ...arrays, blockSums: new Float32Array(2 * sumLanes(shape) * sumBlocks) },
    });
  }

  /** One set of tables for all numbers of chains that have nodes in the lanes, and one for the others. */
  #tablesFor(chains: number): Tables {
    const inSlots = chains < LANES;
    const tables = this.#tables.get(inSlots) ?? tablesOf(this.graph, this.terms, chains);
    this.#tables.set(inSlots, tables);
    return tables;
  }
}
