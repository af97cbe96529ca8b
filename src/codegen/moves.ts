// A sweep of single-site moves over spins +-1 or labels, as one fused pass: energies of the candidates, one uniform, the
// new value in its place. Three orders:
//   colouring    the nodes of one class of a colouring after another; those of a class in any order, on any thread
//   sequential   rows 0, 1, 2, ... one after another, for each set of chains
//   random       as many sites as there are rows, drawn with replacement, each chain its own
// Chains stand in the lanes, in rows filled up to whole vectors; with fewer than four chains and a colouring four nodes of
// a class do. The word of a move has the counter (step, node, chain >> 2, purpose), whatever stands in the lanes.
// Moves are counted by chain: those that are taken, of the heat bath those that leave the value. Each part of a class counts
// in a place of its own, so that threads do not meet.
import { candidateEnergies, type Site, type States } from './candidateEnergies.js';
import { Code, type Buffer, type Value } from './code.js';
import type { LocalTerm, Place } from './localTerm.js';
import { moveLabel, moveSpin, type Move, type MoveRule } from './moveRule.js';
import { counterBase, philox, type Words } from './philox.js';
import { LANES } from './vicinity.js';

export type MoveOrder = 'colouring' | 'sequential' | 'random';

export interface MoveShape {
  readonly chains: number;
  readonly states: States;
  readonly rule: MoveRule;
  readonly order: MoveOrder;
}

/** What the range of an entry counts, and how a row is laid out. */
export interface MoveLayout {
  /** Whether four nodes stand in the lanes, and not four chains. */
  readonly nodesInLanes: boolean;
  /** Floats a row. */
  readonly width: number;
  /** Sets of chains that sequential and random orders take one by one. */
  readonly sets: number;
  /** Words of a place that counts: by chain, or by chain and lane where nodes stand in the lanes. */
  readonly counters: number;
}

/** Vectors of one set in sequential order. */
const VECTORS = 4;
/** Words that a set in random order keeps its draws in. */
export const SCRATCH = 32;
/** Rows of a class that a thread takes at a time, a power of two: parts of it begin so far from each other, or farther. */
export const GRAIN = 64;

export function moveLayout({ chains, order }: MoveShape): MoveLayout {
  const nodesInLanes = order === 'colouring' && chains < LANES;
  const blocks = Math.ceil(chains / LANES);
  return {
    nodesInLanes, width: nodesInLanes ? chains : LANES * blocks, sets: order === 'random' ? blocks : Math.ceil(blocks / VECTORS),
    counters: LANES * (nodesInLanes ? chains : blocks),
  };
}

export function movesCode(terms: readonly LocalTerm[], shape: MoveShape): Code {
  const code = new Code();
  const moves = new Moves(code, terms, shape);
  if (shape.order === 'random') moves.random();
  else if (shape.order === 'sequential') moves.sequential();
  else if (moves.layout.nodesInLanes) moves.nodesInLanes();
  else moves.classByClass();
  return code;
}

const [X, BETAS] = ['x', 'betas'].map((name): Buffer => ({ name, holds: 'float' }));
const [NODES, OFFSETS, NEIGHBOURS, SLOTS, DEGREES] = ['nodes', 'offsets', 'neighbours', 'slots', 'degrees']
  .map((name): Buffer => ({ name, holds: 'word', isTable: true }));
const [DRAWS, COUNTS] = ['draws', 'counts'].map((name): Buffer => ({ name, holds: 'word' }));

/**
 * The moves of one class, in colouring order, for machines of many small lanes: each place is a row with the chains that share
 * a draw, or one of four rows side by side. The class begins at row `first`, and every value has a count of its own.
 */
export function movePlacesCode(terms: readonly LocalTerm[], shape: MoveShape): Code {
  const code = new Code();
  const moves = new Moves(code, terms, shape);
  const [begin, end, first] = [code.argument('begin'), code.argument('end'), code.argument('first')];
  if (moves.layout.nodesInLanes) {
    code.loop('place', begin, end, LANES, (place) => {
      const i = place.add(first);
      const marks = moves.fourNodes(i);
      code.storeRows(COUNTS, i, code.gather(COUNTS, undefined, i, shape.chains).map((count, chain) => count.sub(marks[chain])));
    });
  } else code.loop('place', begin, end, 1, (place) => moves.place(place, first));
  return code;
}

/** Places of a row. */
export const movePlaces = (shape: MoveShape): number => (moveLayout(shape).nodesInLanes ? 1 : Math.ceil(shape.chains / LANES));

/** Counts the lanes of a vector that are -1. */
type Count = (vector: number, marks: Value) => void;

class Moves {
  readonly layout: MoveLayout;
  readonly #blocks: number;
  readonly #beta: Value;
  /** The first counter of this call. */
  readonly #counts: Value;
  readonly #counter: ReturnType<typeof counterBase>;

  constructor(readonly code: Code, readonly terms: readonly LocalTerm[], readonly shape: MoveShape) {
    this.layout = moveLayout(shape);
    this.#blocks = Math.ceil(shape.chains / LANES);
    this.#beta = code.loadSplat(BETAS, code.argument('step'));
    this.#counts = shape.order === 'colouring' ? code.argument('begin').shr(Math.log2(GRAIN)).mul(this.layout.counters) : code.index(0);
    this.#counter = counterBase(code);
  }

  // Chains in the lanes

  classByClass(): void {
    const { code } = this;
    const [begin, end, zero] = [code.argument('begin'), code.argument('end'), code.index(0)];
    if (this.#blocks <= VECTORS) {
      return this.#inRegisters(this.#counts, this.#blocks, (count) =>
        code.loop('i', begin, end, this.#rowsAtOnce, (i) => this.#tile(i, end, zero, this.#blocks, count)));
    }
    const rest = this.#blocks % VECTORS;
    const whole = code.index(this.#blocks - rest);
    code.loop('i', begin, end, 1, (i) => {
      const tile = (block: Value, vectors: number): void =>
        this.#tile(i, end, block, vectors, (v, marks) => this.#add(this.#counts.add(block.mul(LANES)).add(LANES * v), marks));
      code.loop('block', zero, whole, VECTORS, (block) => tile(block, VECTORS));
      if (rest > 0) tile(whole, rest);
    });
  }

  sequential(): void {
    const { code } = this;
    const rest = this.#rowsAtOnce > 1 ? this.#blocks : this.#blocks % VECTORS;
    const whole = Math.floor(this.#blocks / VECTORS);
    const end = code.argument('rows');
    const tiles = (block: Value, vectors: number): void => this.#inRegisters(block.mul(LANES), vectors, (count) =>
      code.loop('i', code.index(0), end, this.#rowsAtOnce, (i) => this.#tile(i, end, block, vectors, count)));
    code.loop('set', code.argument('begin'), code.argument('end'), 1, (set) => {
      const block = set.mul(VECTORS);
      if (whole === 0) tiles(block, rest);
      else if (rest === 0) tiles(block, VECTORS);
      else code.if(set.lt(whole), () => tiles(block, VECTORS), () => tiles(block, rest));
    });
  }

  /** Rows whose words come out of one draw of four blocks. */
  get #rowsAtOnce(): 1 | 2 | 4 {
    return this.#blocks === 1 ? 4 : this.#blocks === 2 ? 2 : 1;
  }

  /** Moves of some rows before the end in turn, each with as many vectors of chains, from a block on. */
  #tile(i: Value, end: Value, block: Value, vectors: number, count: Count): void {
    const { code } = this;
    const rows = this.#rowsAtOnce;
    const nodes = rows === 1 ? code.loadSplat(NODES, i) : code.load(NODES, i);
    const nodeOfLane = rows === 2 ? code.make('shuffle', 'word', [nodes, nodes], 0o0011) : nodes;
    const blockOfLane = rows === 4 ? code.word(0) : rows === 2 ? code.lane().and(1) : block.splat().add(code.lane());
    const words = code.transpose(this.#words(nodeOfLane, blockOfLane, this.#counter.purpose));
    for (let k = 0; k < rows; k++) {
      const row = (): void => this.#row(i.add(k), block.mul(LANES), words.slice(k * vectors, (k + 1) * vectors), count);
      if (k === 0) row(); // the loop has looked
      else code.if(i.add(k).lt(end), row);
    }
  }

  /** Labels need registers for each of their energies. */
  get #vectorsAtOnce(): number {
    return this.shape.states === 'spin' ? VECTORS : 1;
  }

  #row(i: Value, chain: Value, words: readonly Value[], count: Count): void {
    const { code, layout: { width } } = this;
    const atOnce = this.#vectorsAtOnce;
    for (let from = 0; from < words.length; from += atOnce) {
      const some = words.slice(from, from + atOnce);
      const at = (node: Value, v: number): Value => node.mul(width).add(chain).add(LANES * (from + v));
      const store = (v: number, value: Value): void => code.store(X, at(i, v), value);
      this.#move(i, some, (node, v) => code.load(X, at(node, v)), store, (v, marks) => count(from + v, marks));
    }
  }

  /** Sites drawn for each chain: one of four lanes is used. Marks take the place of the words that they follow from. */
  random(): void {
    const { code, layout: { width }, shape: { chains } } = this;
    const [rows, orderPurpose] = [code.argument('rows'), code.argument('orderPurpose').splat()];
    code.loop('set', code.argument('begin'), code.argument('end'), 1, (set) => {
      const [first, scratch] = [set.mul(LANES), set.mul(SCRATCH)];
      const lanes = least(code.index(chains).sub(first), code.index(LANES));
      this.#inRegisters(first, 1, (count) => code.loop('attempt', code.index(0), rows, 4, (attempt) => {
        const number = attempt.splat().add(code.lane());
        const sites = this.#words(number, set.splat(), orderPurpose).map((word) => word.mulHigh(rows.splat()));
        const chances = this.#words(number, set.splat(), this.#counter.purpose);
        [...code.transpose(sites), ...code.transpose(chances)].forEach((row, k) => code.store(DRAWS, scratch.add(4 * k), row));
        code.loop('a', scratch, scratch.add(least(rows.sub(attempt), code.index(4)).mul(4)), 4, (a) => {
          code.loop('k', code.index(0), lanes, 1, (k) => {
            const at = a.add(k);
            const [i, word] = [code.loadIndex(DRAWS, at), code.loadSplat(DRAWS, at.add(16))];
            const place = (node: Value): Value => node.mul(width).add(first).add(k);
            const mark: Count = (_, marks) => code.store(DRAWS, at.add(16), marks, 1);
            this.#move(i, [word], (node) => code.loadSplat(X, place(node)), (_, value) => code.store(X, place(i), value, 1), mark);
          });
          count(0, code.load(DRAWS, a.add(16)));
        });
      }));
    });
  }

  #move(
    i: Value, words: readonly Value[], load: (node: Value, v: number) => Value, store: (v: number, value: Value) => void, count: Count,
  ): void {
    const { code } = this;
    const site: Site = {
      vectors: words.length,
      degree: () => code.loadIndex(OFFSETS, i.add(1)).sub(code.loadIndex(OFFSETS, i)).splat().toFloat(),
      parameter: this.#parameter((buffer) => code.loadSplat(buffer, i)),
      visit: (bond) => code.loop('h', code.loadIndex(OFFSETS, i), code.loadIndex(OFFSETS, i.add(1)), 1, (h) => {
        const j = code.loadIndex(NEIGHBOURS, h);
        bond(words.map((_, v) => load(j, v)), this.#parameter((buffer) => code.loadSplat(buffer, h)));
      }),
    };
    const energies = candidateEnergies(code, this.terms, this.shape.states, site);
    words.forEach((word, v) => {
      const { value, mark } = this.#choose(load(i, v), energies[v], word);
      store(v, value);
      count(v, bitsOf(mark));
    });
  }

  /** One value a vector. */
  place(place: Value, first: Value): void {
    const { code, layout: { width } } = this;
    const row = place.div(this.#blocks);
    const [i, block] = [row.add(first), place.sub(row.mul(this.#blocks))];
    const at = (node: Value, v: number): Value => node.mul(width).add(block.mul(LANES)).add(v);
    const store = (v: number, value: Value): void => code.store(X, at(i, v), value, 1);
    const count: Count = (v, marks) => code.store(COUNTS, at(i, v), code.load(COUNTS, at(i, v)).sub(marks), 1);
    const words = this.#words(code.loadSplat(NODES, i), block.splat(), this.#counter.purpose);
    this.#move(i, words, (node, v) => code.load(X, at(node, v)), store, count);
  }

  // Four nodes in the lanes

  nodesInLanes(): void {
    const { code } = this;
    code.loop('i', code.argument('begin'), code.argument('end'), LANES, (i) => {
      this.fourNodes(i).forEach((marks, chain) => this.#add(this.#counts.add(LANES * chain), marks));
    });
  }

  /** The marks of each chain. */
  fourNodes(i: Value): Value[] {
    const { code, shape: { chains } } = this;
    const group = i.shr(2);
    const degrees = code.load(DEGREES, i);
    const energies = candidateEnergies(code, this.terms, this.shape.states, {
      vectors: chains,
      degree: () => degrees.toFloat(),
      parameter: this.#parameter((buffer) => code.load(buffer, i)),
      visit: (bond) => {
        const number = code.variable('number', code.word(0)); // of the bond, in all lanes
        const [first, last] = [group, group.add(1)].map((at) => code.loadIndex(OFFSETS, at).mul(LANES));
        code.loop('place', first, last, LANES, (place) => {
          const k = code.get(number);
          const others = code.gather(X, SLOTS, place, chains);
          bond(others, this.#parameter((buffer) => code.load(buffer, place)), k.lt(degrees));
          code.set(number, k.add(1));
        });
      },
    });
    const nodes = code.load(NODES, i);
    const words = this.#words(nodes, code.word(0), this.#counter.purpose);
    const own = code.gather(X, undefined, i, chains);
    const moves = energies.map((each, chain) => this.#choose(own[chain], each, words[chain]));
    code.storeRows(X, i, moves.map(({ value }) => value));
    return moves.map(({ mark }) => code.word(0).where(nodes.lt(0), bitsOf(mark)));
  }

  // All

  #choose(own: Value, energies: readonly Value[], word: Value): Move {
    const { states, rule } = this.shape;
    return states === 'spin' ? moveSpin(rule, own, energies[0], this.#beta, word) : moveLabel(rule, own, energies, this.#beta, word);
  }

  /** Counts in registers while the body runs, then in memory from `at` on. */
  #inRegisters(at: Value, vectors: number, body: (count: Count) => void): void {
    const { code } = this;
    const sums = Array.from({ length: vectors }, () => code.variable('marks', code.word(0)));
    body((v, marks) => code.set(sums[v], code.get(sums[v]).add(marks)));
    sums.forEach((sum, v) => this.#add(at.add(LANES * v), code.get(sum)));
  }

  #add(at: Value, marks: Value): void {
    const { code } = this;
    code.store(COUNTS, at, code.load(COUNTS, at).sub(marks));
  }

  #words(node: Value, block: Value, purpose: Value): Words {
    return philox([this.#counter.stepWord, node, block, purpose], this.#counter.key);
  }

  #parameter(load: (buffer: Buffer) => Value): Place['parameter'] {
    const known = new Map<string, Value>();
    return (name, varies) => {
      if (!varies) return this.code.argument(name, 'float');
      let value = known.get(name);
      if (!value) known.set(name, (value = load({ name, holds: 'float', isTable: true })));
      return value;
    };
  }
}

/** -1 where the mask holds. */
const bitsOf = (mask: Value): Value => mask.code.word(-1).where(mask, 0);
const least = (x: Value, y: Value): Value => x.where(x.lt(y), y);
