// A sweep of single-site moves over spins +-1 or labels, as one fused pass: energies of the candidates, one uniform, the
// new value in its place. Three orders:
//   colouring    the nodes of one class of a colouring after another; those of a class in any order, on any thread
//   sequential   rows 0, 1, 2, ... one after another, for each set of chains
//   random       as many sites as there are rows, drawn with replacement, each chain its own
// Chains stand in the lanes, in rows filled up to whole vectors; with fewer than four chains and a colouring four nodes of
// a class do. The word of a move has the counter (step, node, chain >> 2, purpose), whatever stands in the lanes.
import { candidateEnergies, type Site, type States } from './candidateEnergies.js';
import { Code, type Buffer, type Value } from './code.js';
import type { LocalTerm, Place } from './localTerm.js';
import { newLabel, newSpin, type MoveRule } from './moveRule.js';
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
}

/** Vectors of one set in sequential order. */
const VECTORS = 4;
/** Words that a set in random order keeps its draws in. */
export const SCRATCH = 32;

export function moveLayout({ chains, order }: MoveShape): MoveLayout {
  const nodesInLanes = order === 'colouring' && chains < LANES;
  const blocks = Math.ceil(chains / LANES);
  return { nodesInLanes, width: nodesInLanes ? chains : LANES * blocks, sets: order === 'random' ? blocks : Math.ceil(blocks / VECTORS) };
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
const [NODES, OFFSETS, NEIGHBOURS, SLOTS, DEGREES, DRAWS] = ['nodes', 'offsets', 'neighbours', 'slots', 'degrees', 'draws']
  .map((name): Buffer => ({ name, holds: 'word' }));

class Moves {
  readonly layout: MoveLayout;
  readonly #blocks: number;
  readonly #beta: Value;
  readonly #counter: ReturnType<typeof counterBase>;

  constructor(readonly code: Code, readonly terms: readonly LocalTerm[], readonly shape: MoveShape) {
    this.layout = moveLayout(shape);
    this.#blocks = Math.ceil(shape.chains / LANES);
    this.#beta = code.loadSplat(BETAS, code.argument('step'));
    this.#counter = counterBase(code);
  }

  // Chains in the lanes

  classByClass(): void {
    const { code } = this;
    const rest = this.#blocks % VECTORS;
    const whole = this.#blocks - rest;
    code.loop('i', code.argument('begin'), code.argument('end'), this.#rowsAtOnce, (i) => {
      if (this.#rowsAtOnce > 1) return this.#tile(i, code.index(0), this.#blocks);
      if (whole > 0) code.loop('block', code.index(0), code.index(whole), VECTORS, (block) => this.#tile(i, block, VECTORS));
      if (rest > 0) this.#tile(i, code.index(whole), rest);
    });
  }

  sequential(): void {
    const { code } = this;
    const rest = this.#rowsAtOnce > 1 ? this.#blocks : this.#blocks % VECTORS;
    const whole = Math.floor(this.#blocks / VECTORS);
    const rows = (block: Value, vectors: number): void =>
      code.loop('i', code.index(0), code.argument('rows'), this.#rowsAtOnce, (i) => this.#tile(i, block, vectors));
    code.loop('set', code.argument('begin'), code.argument('end'), 1, (set) => {
      const block = set.mul(VECTORS);
      if (whole === 0) rows(block, rest);
      else if (rest === 0) rows(block, VECTORS);
      else code.if(set.lt(whole), () => rows(block, VECTORS), () => rows(block, rest));
    });
  }

  /** Rows whose words come out of one draw of four blocks. */
  get #rowsAtOnce(): 1 | 2 | 4 {
    return this.#blocks === 1 ? 4 : this.#blocks === 2 ? 2 : 1;
  }

  /** Moves of some rows in turn, each with as many vectors of chains, from a block on. */
  #tile(i: Value, block: Value, vectors: number): void {
    const { code } = this;
    const rows = this.#rowsAtOnce;
    const nodes = rows === 1 ? code.loadSplat(NODES, i) : code.load(NODES, i);
    const nodeOfLane = rows === 2 ? code.make('shuffle', 'word', [nodes, nodes], 0o0011) : nodes;
    const blockOfLane = rows === 4 ? code.word(0) : rows === 2 ? code.lane().and(1) : block.splat().add(code.lane());
    const words = code.transpose(this.#words(nodeOfLane, blockOfLane, this.#counter.purpose));
    for (let row = 0; row < rows; row++) {
      this.#row(i.add(row), block.mul(LANES), words.slice(row * vectors, (row + 1) * vectors), this.#vectorsAtOnce);
    }
  }

  /** Labels need registers for each of their energies. */
  get #vectorsAtOnce(): number {
    return this.shape.states === 'spin' ? VECTORS : 1;
  }

  #row(i: Value, chain: Value, words: readonly Value[], atOnce: number): void {
    const { code, layout: { width } } = this;
    for (let from = 0; from < words.length; from += atOnce) {
      const some = words.slice(from, from + atOnce);
      const at = (node: Value, v: number): Value => node.mul(width).add(chain).add(LANES * (from + v));
      this.#move(i, some, (node, v) => code.load(X, at(node, v)), (v, value) => code.store(X, at(i, v), value));
    }
  }

  /** Sites drawn for each chain: one of four lanes is used. */
  random(): void {
    const { code, layout: { width }, shape: { chains } } = this;
    const [rows, orderPurpose] = [code.argument('rows'), code.argument('orderPurpose').splat()];
    code.loop('set', code.argument('begin'), code.argument('end'), 1, (set) => {
      const [first, scratch] = [set.mul(LANES), set.mul(SCRATCH)];
      const lanes = least(code.index(chains).sub(first), code.index(LANES));
      code.loop('attempt', code.index(0), rows, 4, (attempt) => {
        const number = attempt.splat().add(code.lane());
        const sites = this.#words(number, set.splat(), orderPurpose).map((word) => word.mulHigh(rows.splat()));
        const chances = this.#words(number, set.splat(), this.#counter.purpose);
        [...code.transpose(sites), ...code.transpose(chances)].forEach((row, k) => code.store(DRAWS, scratch.add(4 * k), row));
        code.loop('a', code.index(0), least(rows.sub(attempt), code.index(4)), 1, (a) => {
          code.loop('k', code.index(0), lanes, 1, (k) => {
            const at = scratch.add(a.mul(4)).add(k);
            const [i, word] = [code.loadIndex(DRAWS, at), code.loadSplat(DRAWS, at.add(16))];
            const place = (node: Value): Value => node.mul(width).add(first).add(k);
            this.#move(i, [word], (node) => code.loadSplat(X, place(node)), (_, value) => code.store(X, place(i), value, 1));
          });
        });
      });
    });
  }

  #move(i: Value, words: readonly Value[], load: (node: Value, v: number) => Value, store: (v: number, value: Value) => void): void {
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
    words.forEach((word, v) => store(v, this.#choose(() => load(i, v), energies[v], word)));
  }

  // Four nodes in the lanes

  nodesInLanes(): void {
    const { code, shape: { chains } } = this;
    code.loop('i', code.argument('begin'), code.argument('end'), LANES, (i) => {
      const group = i.shr(2);
      const degrees = code.load(DEGREES, i);
      const energies = candidateEnergies(code, this.terms, this.shape.states, {
        vectors: chains,
        degree: () => degrees.toFloat(),
        parameter: this.#parameter((buffer) => code.load(buffer, i)),
        visit: (bond) => {
          const first = code.loadIndex(OFFSETS, group);
          code.loop('slot', first, code.loadIndex(OFFSETS, group.add(1)), 1, (slot) => {
            const place = slot.mul(LANES);
            const others = code.gather(X, SLOTS, place, chains);
            bond(others, this.#parameter((buffer) => code.load(buffer, place)), slot.sub(first).splat().lt(degrees));
          });
        },
      });
      const words = this.#words(code.load(NODES, i), code.word(0), this.#counter.purpose);
      const own = this.shape.rule === 'heat bath' ? [] : code.gather(X, undefined, i, chains);
      code.storeRows(X, i, energies.map((each, chain) => this.#choose(() => own[chain], each, words[chain])));
    });
  }

  // All

  #choose(own: () => Value, energies: readonly Value[], word: Value): Value {
    const { states, rule } = this.shape;
    const before = rule === 'heat bath' ? undefined : own();
    return states === 'spin' ? newSpin(rule, before, energies[0], this.#beta, word) : newLabel(rule, before, energies, this.#beta, word);
  }

  #words(node: Value, block: Value, purpose: Value): Words {
    return philox([this.#counter.stepWord, node, block, purpose], this.#counter.key);
  }

  #parameter(load: (buffer: Buffer) => Value): Place['parameter'] {
    const known = new Map<string, Value>();
    return (name, varies) => {
      if (!varies) return this.code.argument(name, 'float');
      let value = known.get(name);
      if (!value) known.set(name, (value = load({ name, holds: 'float' })));
      return value;
    };
  }
}

const least = (x: Value, y: Value): Value => x.where(x.lt(y), y);
