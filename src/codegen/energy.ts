// The energy of each chain, a pass over the nodes: the site terms of every node and its share of its bonds, each computed
// in float32 and added in float64. Sums run over blocks of a fixed length and then over the blocks, whatever threads share
// the work.
import { Code, type Buffer, type Value, type Variable } from './code.js';
import { SUM_BLOCK } from './gauge.js';
import { energyOf, shareOf, type LocalBond, type LocalTerm, type Place } from './localTerm.js';
import { chainsAt, each, LANES, nodesAt, vectorsAtOnce, type StepShape, type Vicinity } from './vicinity.js';

const [X, ENERGIES] = ['x', 'energies'].map((name): Buffer => ({ name, holds: 'float' }));
/** By blocks of nodes, `sumLanes` float64 each. */
const BLOCKS: Buffer = { name: 'blockSums', holds: 'double' };

/** Sums that a block has: one a chain, filled up to whole vectors, or one a chain and lane. */
export const sumLanes = ({ chains }: StepShape): number => 4 * (chains >= LANES ? Math.ceil(chains / 4) : chains);

/** Sums in four lanes of float64. */
class Sum {
  readonly #halves: readonly Variable[];
  constructor(readonly code: Code) {
    this.#halves = ['low', 'high'].map((name) => code.variable(name, code.double(0)));
  }
  add(halves: readonly Value[]): void {
    this.#halves.forEach((half, k) => this.code.set(half, this.code.get(half).add(halves[k])));
  }
  get halves(): Value[] {
    return this.#halves.map((half) => this.code.get(half));
  }
}

/** The sums of each block of nodes. */
export function energyCode(terms: readonly LocalTerm[], shape: StepShape): Code {
  const code = new Code();
  const end = code.argument('end');
  code.loop('from', code.argument('begin'), end, SUM_BLOCK, (from) => {
    const next = from.add(SUM_BLOCK);
    const block: Range = { from, to: next.where(next.lt(end), end), start: from.shr(8).mul(sumLanes(shape)) };
    if (shape.chains >= LANES) chainsInLanes(code, terms, shape, block);
    else nodesInLanes(code, terms, shape, block, end);
  });
  return code;
}

interface Range {
  readonly from: Value;
  readonly to: Value;
  /** Of its sums. */
  readonly start: Value;
}

function chainsInLanes(code: Code, terms: readonly LocalTerm[], shape: StepShape, { from, to, start }: Range): void {
  const several = (chain: Value, vectors: number): void => {
    const sums = each(vectors, () => new Sum(code));
    code.loop('i', from, to, 1, (i) => addNode(code, terms, shape, sums, chainsAt(code, shape, i, chain, vectors)));
    sums.forEach((sum, v) => store(code, start.add(chain).add(4 * v), sum));
  };
  const whole = shape.chains - (shape.chains % 4);
  const vectors = vectorsAtOnce(shape);
  code.loop('chain', code.index(0), code.index(whole), 4 * vectors, (chain) => several(chain, vectors));
  if (whole < shape.chains) several(code.index(whole), 1);
}

function nodesInLanes(code: Code, terms: readonly LocalTerm[], shape: StepShape, { from, to, start }: Range, end: Value): void {
  const sums = each(shape.chains, () => new Sum(code));
  code.loop('i', from, to, 4, (i) => {
    const isNode = i.splat().add(code.lane()).lt(end.splat());
    addNode(code, terms, shape, sums, nodesAt(code, shape, i, end), isNode);
  });
  sums.forEach((sum, c) => store(code, start.add(4 * c), sum));
}

/** The energy of one place, its share of its bonds included. */
function addNode(code: Code, terms: readonly LocalTerm[], { components }: StepShape, sums: readonly Sum[], at: Vicinity, isNode?: Value): void {
  const add = (v: number, value: Value, counts: Value | undefined): void => sums[v].add((counts ? value.where(counts, 0) : value).promote());
  const places = at.row(X, components).map((own): Place => ({ own, parameter: at.parameter }));
  terms.forEach((term, t) => {
    if (term.kind === 'site') places.forEach((place, v) => add(v, energyOf(code, term, t, place), isNode));
  });
  const bonds = terms.filter((term): term is LocalBond => term.kind === 'bond');
  if (bonds.length === 0) return;
  at.visit(({ row, bond, counts }) => {
    const others = row(X, components);
    for (const term of bonds) {
      places.forEach(({ own }, v) => add(v, shareOf(code, term, terms.indexOf(term), { own, other: others[v], parameter: bond }), counts));
    }
  });
}

/** The energies from the sums of the blocks: one call for all. */
export function totalCode(shape: StepShape): Code {
  const code = new Code();
  const { chains } = shape;
  const total = (lane: Value): Sum => {
    const sum = new Sum(code);
    code.loop('block', code.index(0), code.argument('sumBlocks'), 1, (block) => {
      const at = block.mul(sumLanes(shape)).add(lane).mul(2);
      sum.add([code.load(BLOCKS, at), code.load(BLOCKS, at.add(4))]);
    });
    return sum;
  };
  const four = (chain: Value, lanes: number): void => {
    const [low, high] = total(chain).halves;
    code.store(ENERGIES, chain, low.demote(high), lanes);
  };
  code.loop('all', code.argument('begin'), code.argument('end'), 1, () => {
    if (chains < LANES) {
      return each(chains, (c) => {
        const [low, high] = total(code.index(4 * c)).halves;
        const energy = low.add(high).sumOfLanes();
        code.store(ENERGIES, code.index(c), energy.demote(energy), 1);
      });
    }
    const whole = chains - (chains % 4);
    code.loop('chain', code.index(0), code.index(whole), 4, (chain) => four(chain, 4));
    if (whole < chains) four(code.index(whole), chains - whole);
  });
  return code;
}

function store(code: Code, lane: Value, sum: Sum): void {
  sum.halves.forEach((half, k) => code.store(BLOCKS, lane.mul(2).add(4 * k), half));
}
