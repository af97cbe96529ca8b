// The move of one node, in several vectors of chains: the energies of the candidates, one random word per
// chain, the new value. The word of a move has the counter (step, node, chain >> 2, purpose), whatever stands
// in the lanes. Moves are counted by chain: those that are accepted, of the heat bath those that leave the
// value as it was. Each part of a class has counters of its own, so that threads do not write to the same
// place.
import { candidateEnergies, type Site } from './candidateEnergies.js';
import { CarriedSums } from './carriedSums.js';
import type { Buffer, Code, Value, Variable } from '../language/code.js';
import { parametersAt } from '../terms/localTerm.js';
import { GRAIN, moveLayout, type MoveLayout, type MoveShape } from './moveLayout.js';
import { moveLabel, moveSpin, type Move } from './moveRule.js';
import { counterBase, philox, type Words } from '../language/philoxWords.js';
import { starEnergies, type Needed } from './starEnergies.js';
import { degreeOf, each, LANES, nodesAt, overNeighbours } from '../terms/vicinity.js';
import type { StepTerm } from '../terms/wideTerm.js';

export const [X, BETAS] = ['x', 'betas'].map((name): Buffer => ({ name, holds: 'float' }));
export const NODES: Buffer = { name: 'nodes', holds: 'word', isTable: true };
export const [DRAWS, COUNTS] = ['draws', 'counts'].map((name): Buffer => ({ name, holds: 'word' }));

/** Counts in each lane of a vector the marks -1. */
export type Count = (vector: number, marks: Value) => void;

/** Where the values of a move lie, by vector. */
export interface Places {
  load(node: Value, v: number): Value;
  store(v: number, value: Value): void;
  readonly count: Count;
  /** The lanes that hold chains, where others only fill up the vector. */
  readonly isReal?: (v: number) => Value | undefined;
  /** The sums of the terms that couple all nodes, by vector. */
  readonly sums?: readonly CarriedSums[] | undefined;
  /**
   * Where a single chain is moved: its lane, and a function that copies the number of that lane to all lanes.
   */
  readonly lane?: { readonly mask: Value; spread(value: Value): Value };
}

export class SiteMoves {
  readonly layout: MoveLayout;
  readonly #hasGlobals: boolean;
  readonly #candidates: readonly Value[];
  readonly #needs: Needed;
  /** 1 / T of the step, or of the step and a row. */
  readonly #beta: (load: (at: Value) => Value, i: Value) => Value;
  /** The first counter of this call. */
  readonly counts: Value;
  readonly #counter: ReturnType<typeof counterBase>;
  /** -1 in the lanes where an energy change was not a number. */
  readonly #trace: Variable;

  constructor(
    readonly code: Code,
    readonly terms: readonly StepTerm[],
    readonly shape: MoveShape,
  ) {
    this.layout = moveLayout(shape);
    this.#hasGlobals = terms.some(({ kind }) => kind === 'global');
    const isSpin = shape.states === 'spin';
    this.#candidates = (isSpin ? [1, -1] : each(shape.states as number, (k) => k)).map((state) =>
      code.float(state),
    );
    this.#needs = (energies) => (isSpin ? [energies[0].sub(energies[1])] : energies);
    const step = code.argument('step');
    const all = shape.byNode ? undefined : code.loadSplat(BETAS, step);
    const start = shape.byNode === 'changing' ? step.mul(code.argument('rowCount')) : code.index(0);
    this.#beta = (load, i) => all ?? load(start.add(i));
    this.counts =
      shape.order === 'colouring'
        ? code.argument('begin').shr(Math.log2(GRAIN)).mul(this.layout.counters)
        : code.index(0);
    this.#counter = counterBase(code);
    this.#trace = code.variable('trace', code.word(0));
  }

  finish(): Code {
    const { code } = this;
    code.result = code.variable('result', code.any(code.get(this.#trace).lt(0)));
    return code;
  }

  /** Moves node i, in as many vectors as there are words. */
  move(i: Value, words: readonly Value[], places: Places): void {
    const { code } = this;
    const { load, store, count, sums, lane, isReal } = places;
    const site: Site = {
      vectors: words.length,
      degree: () => degreeOf(code, i),
      parameter: parametersAt(code, i),
      visit: (bond) =>
        overNeighbours(code, i, (h, j) =>
          bond(
            words.map((_, v) => load(j, v)),
            parametersAt(code, h),
          ),
        ),
    };
    const local = candidateEnergies(code, this.terms, this.shape.states, site);
    const stars = starEnergies(
      code,
      this.terms,
      { node: i, candidates: this.#candidates, vectors: words.length, value: load },
      this.#needs,
    );
    const beta = this.#beta((at) => code.loadSplat(BETAS, at), i);
    words.forEach((word, v) => {
      const own = load(i, v);
      const all =
        sums &&
        this.#needs(sums[v].changes(own, this.#candidates)).map((change) => lane?.spread(change) ?? change);
      const energies = local[v].map((energy, c) =>
        [stars?.[v], all].reduce((sum, more) => (more ? sum.add(more[c]) : sum), energy),
      );
      const { value, mark, criterion } = this.#choose(own, energies, beta, word);
      this.#watch(criterion, isReal?.(v));
      store(v, value);
      count(v, bitsOf(mark));
      sums?.[v].exchange(own, value, lane?.mask);
    });
  }

  /**
   * The sums over all rows for some vectors, if a term needs them. @param load the value of a row in vector v
   */
  sums(vectors: number, load: (row: Value, v: number) => Value): CarriedSums[] | undefined {
    if (!this.#hasGlobals) return undefined;
    const { code } = this;
    const sums = each(vectors, () => new CarriedSums(code, this.terms));
    code.loop('row', code.index(0), code.argument('rowCount'), 1, (row) =>
      sums.forEach((sum, v) => sum.add(load(row, v))),
    );
    return sums;
  }

  /** Moves nodes i, i + 1, i + 2, i + 3, one in each lane. @returns the marks of each chain */
  moveFour(i: Value): Value[] {
    const {
      code,
      shape: { chains, states },
    } = this;
    const { degree, parameter, visit } = nodesAt(code, { components: 1, chains }, i);
    const energies = candidateEnergies(code, this.terms, states, {
      vectors: chains,
      degree,
      parameter,
      visit: (add) =>
        visit(({ row, bond, counts }) =>
          add(
            row(X, 1).map(([value]) => value),
            bond,
            counts,
          ),
        ),
    });
    const nodes = code.load(NODES, i);
    const words = this.words(nodes, code.word(0));
    const own = code.gather(X, undefined, i, chains);
    const beta = this.#beta((at) => code.load(BETAS, at), i);
    const moves = energies.map((ofChain, chain) => this.#choose(own[chain], ofChain, beta, words[chain]));
    moves.forEach(({ criterion }) => this.#watch(criterion, code.word(-1).lt(nodes)));
    code.storeRows(
      X,
      i,
      moves.map(({ value }) => value),
    );
    return moves.map(({ mark }) => code.word(0).where(nodes.lt(0), bitsOf(mark)));
  }

  #choose(own: Value, energies: readonly Value[], beta: Value, word: Value): Move {
    const { states, rule } = this.shape;
    return states === 'spin'
      ? moveSpin(rule, own, energies[0], beta, word)
      : moveLabel(rule, own, energies, beta, word);
  }

  /** The lanes that hold chains, by the numbers of the chains. */
  isChain(numberOf: (v: number) => Value): (v: number) => Value | undefined {
    const { chains } = this.shape;
    return (v) => (chains % LANES === 0 ? undefined : numberOf(v).lt(chains));
  }

  #watch(criterion: Value, isReal: Value | undefined): void {
    const { code } = this;
    const isNaN = bitsOf(code.word(0x7f800000).lt(criterion.bits().and(0x7fffffff)));
    code.set(this.#trace, code.get(this.#trace).or(isReal ? isNaN.where(isReal, 0) : isNaN));
  }

  words(node: Value, block: Value, purpose = this.#counter.purpose): Words {
    return philox([this.#counter.stepWord, node, block, purpose], this.#counter.key);
  }

  /** Counts in registers while the body runs, then adds to the counters in memory from `at` on. */
  inRegisters(at: Value, vectors: number, body: (count: Count) => void): void {
    const { code } = this;
    const sums = each(vectors, () => code.variable('marks', code.word(0)));
    body((v, marks) => code.addTo(sums[v], marks));
    sums.forEach((sum, v) => this.add(at.add(4 * v), code.get(sum)));
  }

  add(at: Value, marks: Value): void {
    const { code } = this;
    code.store(COUNTS, at, code.load(COUNTS, at).sub(marks));
  }
}

/** -1 where the mask holds. */
const bitsOf = (mask: Value): Value => mask.code.word(-1).where(mask, 0);
