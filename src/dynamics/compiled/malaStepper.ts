// MALA steps of a Hamiltonian by its compiled program, on the calling thread or on all of them. What a step changes has two copies, which
// change places with every step: those before are there when a step goes wrong.
import { malaProgram, SUM_BLOCK, sumLanes } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { localTerms } from '../../energy/localTerms.js';
import { farNeighbours, tablesOf } from '../../energy/tables.js';
import { stepWords } from '../../random/counter.js';
import { Purpose } from '../../random/index.js';
import { hasThreads, runHere, type Phase, type Run, type WebAssembly } from '../../runtime/index.js';
import { Arena } from './arena.js';
import { moduleOf } from './moduleOf.js';
import { counterWords, inRuns, runOnThreads } from './runs.js';
import { StepTable } from './stepTable.js';
import { isWorthThreads, phaseOf, type Drive, type Stepped, type StepperShape } from './wasmStepper.js';

export interface MalaDrive extends Drive {
  /** 1 / T of a step. */
  beta(step: number): number;
}

/** What changes places, by its name before and after a step. */
const PAIRS = { field: 'fieldAfter', slope: 'slopeAfter', energy: 'energyAfter', counts: 'countsAfter', refusals: 'refusalsAfter' } as const;

export class MalaStepper {
  readonly #arena: Arena;
  readonly #module: WebAssembly.Module;
  readonly #phases: readonly Phase[];
  readonly #tables = new StepTable(undefined, 1);
  readonly #length: number;
  /** Which of the two copies holds the field. */
  #now = 0;

  /** @throws TypeError for a term that is neither a bond nor a site; RangeError for too large a graph */
  constructor(caller: string, readonly energy: Hamiltonian, readonly shape: StepperShape) {
    const { graph } = energy;
    const { components, chains, gauge } = shape;
    const lanes = components * chains;
    const length = (this.#length = graph.nodeCount * lanes);
    const local = localTerms(caller, energy.terms, 'tensors');
    const program = malaProgram(local, { components, chains }, typeof gauge === 'object' ? 'pinned' : gauge);
    const tables = tablesOf(graph, energy.terms, chains);
    const arrays = { ...tables.arrays, ...farNeighbours(graph, lanes), pinned: Int32Array.from(typeof gauge === 'object' ? gauge.pinned : []) };
    const sumBlocks = Math.ceil(graph.nodeCount / SUM_BLOCK);
    const sums = 2 * sumLanes(shape);
    const single = {
      x: length, next: length, noise: length, taken: sums, amplitudes: this.#tables.length, betas: this.#tables.length,
      blockSums: sums * sumBlocks, ratios: sums * sumBlocks, partial: sumBlocks * lanes, means: lanes,
    };
    const double = { field: length, slope: length, energy: sums, counts: sums, refusals: 4 };
    const shared = hasThreads();
    const arena = (this.#arena = new Arena(caller, program.fields, {
      ...Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length])), ...single,
      ...Object.fromEntries(Object.entries(double).flatMap(([name, size]) => [0, 1].map((copy) => [`${name}${copy}`, size]))),
    }, shared));
    this.#module = moduleOf(program.bytes(shared));
    for (const [name, array] of Object.entries(arrays)) arena.set(name, array);
    for (const name of [...Object.keys(arrays), ...Object.keys(single)]) arena.point(name, name, name);
    for (const [name, value] of Object.entries({ width: lanes, sumBlocks, nodes: graph.nodeCount })) arena.number(name, value, 'word');
    for (const [name, value] of Object.entries(tables.numbers)) arena.number(name, value, 'float');
    arena.number('perNode', 1 / graph.nodeCount, 'float');
    this.#phases = program.entries.map((entry) => phaseOf(entry, graph.nodeCount, arrays.pinned.length, chains));
  }

  /** The field as [nodes, components, chains], and the accepted steps by chain, by default those of before. */
  load(values: Float32Array, accepted = this.accepted): void {
    const arena = this.#arena;
    arena.set('x', values);
    arena.set(`counts${this.#now}`, Int32Array.from(accepted));
    const first = this.#phases.filter(({ entry }) => !['propose', 'pinOfProposal', 'partialSumsOfProposal', 'meansOfProposal', 'shiftOfProposal', 'ratios', 'decide'].includes(entry));
    runHere(this.#run(1, 0, first));
    this.#now = 1 - this.#now;
  }

  /** A copy of the field. */
  read(): Float32Array {
    return this.#arena.floats(`field${this.#now}`, this.#length).slice();
  }

  /** Accepted steps by chain. */
  get accepted(): Float64Array {
    const { buffer, byteOffset } = this.#arena.floats(`counts${this.#now}`, 0);
    return Float64Array.from(new Uint32Array(buffer, byteOffset, this.shape.chains));
  }

  /**
   * Steps, fewer than asked when aborted or interrupted, or where an energy was not a number (code 1) or no chain has moved for long
   * (code 2): then `steps` are whole, and `broken` is the proposal of the one after.
   *
   * @throws StepperDied, the field after the steps that are whole
   */
  async run(steps: number, drive: MalaDrive, signal?: AbortSignal): Promise<Stepped> {
    const phases = this.#phases.filter(({ entry }) => entry !== 'settle');
    const onThreads = isWorthThreads(this.#length, steps);
    const settled = (whole: number): number => {
      this.#now = (this.#now + whole) % 2;
      return whole;
    };
    const { steps: made, code } = await inRuns({ count: steps, first: drive.firstStep, most: this.#tables.steps }, async (count, done) => {
      const first = drive.firstStep + done;
      const run = this.#run(count, done, phases);
      this.#drive(first, count, drive);
      return onThreads ? runOnThreads(run, (begun) => settled(done + begun), signal) : runHere(run);
    });
    settled(code === 0 ? made : made - 1);
    return code === 0 ? { steps: made, code } : { steps: made - 1, code, broken: this.#arena.floats('x', this.#length).slice() };
  }

  #drive(first: number, count: number, drive: MalaDrive): void {
    const arena = this.#arena;
    const words = { ...counterWords(first, 0, drive), acceptancePurpose: stepWords(first, Purpose.acceptance)[1] };
    for (const [name, value] of Object.entries(words)) arena.number(name, value, 'word');
    for (const [name, value] of Object.entries(drive.numbers)) arena.number(name, value, 'float');
    arena.set('amplitudes', this.#tables.filled(first, count, drive.amplitude)!);
    arena.set('betas', this.#tables.filled(first, count, drive.beta)!);
  }

  #run(count: number, done: number, phases: readonly Phase[]): Run {
    const arena = this.#arena;
    const from = (this.#now + done) % 2;
    for (const [before, after] of Object.entries(PAIRS)) {
      arena.point(before, `${before}${from}`, `${before}${1 - from}`);
      arena.point(after, `${before}${1 - from}`, `${before}${from}`);
    }
    return { module: this.#module, memory: arena.memory, job: arena.job, steps: count, phases };
  }
}
