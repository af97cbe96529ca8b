// The energy of each chain, a pass over the nodes: the site terms of every node and its share of its bonds, each computed
// in float32 and added in float64. Sums run over blocks of a fixed length and then over the blocks, whatever threads share
// the work. Chains or nodes stand in the lanes as in step.ts.
import { Code, type Buffer, type Value, type Variable } from './code.js';
import { SUM_BLOCK } from './gauge.js';
import { energyOf, parametersBy, shareOf, type LocalBond, type LocalTerm, type Place } from './localTerm.js';
import { LANES, type StepShape } from './step.js';

const floats = (name: string): Buffer => ({ name, holds: 'float' });
const words = (name: string): Buffer => ({ name, holds: 'word' });
const [X, ENERGIES] = ['x', 'energies'].map(floats);
const [OFFSETS, NEIGHBOURS, SLOTS, DEGREES] = ['offsets', 'neighbours', 'slots', 'degrees'].map(words);
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

function chainsInLanes(code: Code, terms: readonly LocalTerm[], { components, chains }: StepShape, { from, to, start }: Range): void {
  const several = (chain: Value, vectors: number): void => {
    const sums = each(vectors, () => new Sum(code));
    const rows = (node: Value): Value[][] => {
      const row = node.mul(components * chains).add(chain);
      return each(vectors, (v) => each(components, (k) => code.load(X, row.add(k * chains + 4 * v))));
    };
    code.loop('i', from, to, 1, (i) => {
      const parameter = parametersBy(code, (name) => code.loadSplat(floats(name), i));
      const places = rows(i).map((own): Place => ({ own, parameter }));
      addNode(code, terms, sums, places, (bond) => {
        code.loop('h', code.loadIndex(OFFSETS, i), code.loadIndex(OFFSETS, i.add(1)), 1, (h) => {
          bond(rows(code.loadIndex(NEIGHBOURS, h)), parametersBy(code, (name) => code.loadSplat(floats(name), h)));
        });
      });
    });
    sums.forEach((sum, v) => store(code, start.add(chain).add(4 * v), sum));
  };
  const whole = chains - (chains % 4);
  const vectors = components === 1 && chains % 16 === 0 ? 4 : components <= 2 && chains % 8 === 0 ? 2 : 1;
  code.loop('chain', code.index(0), code.index(whole), 4 * vectors, (chain) => several(chain, vectors));
  if (whole < chains) several(code.index(whole), 1);
}

function nodesInLanes(code: Code, terms: readonly LocalTerm[], { components, chains }: StepShape, { from, to, start }: Range, end: Value): void {
  const sums = each(chains, () => new Sum(code));
  const lanes = components * chains;
  const perChain = (row: readonly Value[]): Value[][] => each(chains, (c) => each(components, (k) => row[k * chains + c]));
  code.loop('i', from, to, 4, (i) => {
    const group = i.shr(2);
    const parameter = parametersBy(code, (name) => code.load(floats(name), i));
    const places = perChain(code.gather(X, undefined, i, lanes)).map((own): Place => ({ own, parameter }));
    const isNode = i.splat().add(code.lane()).lt(end.splat());
    addNode(code, terms, sums, places, (bond) => {
      const first = code.loadIndex(OFFSETS, group);
      const degrees = code.load(DEGREES, i);
      code.loop('slot', first, code.loadIndex(OFFSETS, group.add(1)), 1, (slot) => {
        const at = slot.mul(4);
        const neighbours = perChain(code.gather(X, SLOTS, at, lanes));
        bond(neighbours, parametersBy(code, (name) => code.load(floats(name), at)), slot.sub(first).splat().lt(degrees));
      });
    }, isNode);
  });
  sums.forEach((sum, c) => store(code, start.add(4 * c), sum));
}

/** Several vectors of one place: `visit` runs over the neighbours, as in step.ts; both masks tell what counts. */
function addNode(
  code: Code, terms: readonly LocalTerm[], sums: readonly Sum[], places: readonly Place[],
  visit: (bond: (other: readonly (readonly Value[])[], parameter: Place['parameter'], counts?: Value) => void) => void,
  isNode?: Value,
): void {
  const add = (v: number, value: Value, counts: Value | undefined): void => sums[v].add((counts ? value.where(counts, 0) : value).promote());
  terms.forEach((term, t) => {
    if (term.kind === 'site') places.forEach((place, v) => add(v, energyOf(code, term, t, place), isNode));
  });
  const bonds = terms.filter((term): term is LocalBond => term.kind === 'bond');
  if (bonds.length === 0) return;
  visit((other, parameter, counts) => {
    for (const term of bonds) {
      places.forEach(({ own }, v) => add(v, shareOf(code, term, terms.indexOf(term), { own, other: other[v], parameter }), counts));
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

const each = <T>(count: number, make: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k));
