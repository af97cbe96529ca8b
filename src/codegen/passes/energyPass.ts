// The energy of each chain, a pass over the nodes: the site terms of every node and its share of its bonds, each computed
// in float32 and added in float64. Sums run over blocks of a fixed length and then over the blocks, whatever threads share
// the work.
import { Code, type Buffer, type Value } from '../language/code.js';
import { Sum } from '../language/sum.js';
import { SUM_BLOCK } from './gaugePass.js';
import { energyOf, shareOf, type LocalBond, type LocalTerm, type Place } from '../terms/localTerm.js';
import { chainsAt, each, LANES, nodesAt, vectorsAtOnce, type StepShape, type Vicinity } from '../terms/vicinity.js';

const [X, ENERGIES] = ['x', 'energies'].map((name): Buffer => ({ name, holds: 'float' }));
/** By blocks of nodes, `sumLanes` float64 each. */
export const BLOCKS: Buffer = { name: 'blockSums', holds: 'double' };

/** Sums that a block has: one a chain, filled up to whole vectors, or one a chain and lane. */
export const sumLanes = ({ chains }: StepShape): number => 4 * (chains >= LANES ? Math.ceil(chains / 4) : chains);

/** Adds a value to the sum of vector v, in the lanes that count. */
type Add = (v: number, value: Value, counts: Value | undefined) => void;
/** What a place adds to its sums; `isNode` is where lanes are nodes, if some are not. */
type Summand = (code: Code, at: Vicinity, add: Add, isNode?: Value) => void;

/** The sums of the energy over each block of nodes. */
export const energyCode = (terms: readonly LocalTerm[], shape: StepShape): Code =>
  nodeSumsCode(shape, BLOCKS, (code, at, add, isNode) => addNode(code, terms, shape, at, add, isNode));

/** Sums over each block of nodes, in float64. */
export function nodeSumsCode(shape: StepShape, blocks: Buffer, summand: Summand): Code {
  const code = new Code();
  const end = code.argument('end');
  code.loop('from', code.argument('begin'), end, SUM_BLOCK, (from) => {
    const next = from.add(SUM_BLOCK);
    const block: Range = { from, to: next.where(next.lt(end), end), start: from.shr(8).mul(sumLanes(shape)), blocks };
    if (shape.chains >= LANES) chainsInLanes(code, summand, shape, block);
    else nodesInLanes(code, summand, shape, block, end);
  });
  return code;
}

const addTo = (sums: readonly Sum[]): Add => (v, value, counts) => sums[v].add(counts ? value.where(counts, 0) : value);

interface Range {
  readonly from: Value;
  readonly to: Value;
  /** Of its sums. */
  readonly start: Value;
  readonly blocks: Buffer;
}

function chainsInLanes(code: Code, summand: Summand, shape: StepShape, { from, to, start, blocks }: Range): void {
  const several = (chain: Value, vectors: number): void => {
    const sums = each(vectors, () => new Sum(code));
    code.loop('i', from, to, 1, (i) => summand(code, chainsAt(code, shape, i, chain, vectors), addTo(sums)));
    sums.forEach((sum, v) => store(code, blocks, start.add(chain).add(4 * v), sum));
  };
  const whole = shape.chains - (shape.chains % 4);
  const vectors = vectorsAtOnce(shape);
  code.loop('chain', code.index(0), code.index(whole), 4 * vectors, (chain) => several(chain, vectors));
  if (whole < shape.chains) several(code.index(whole), 1);
}

function nodesInLanes(code: Code, summand: Summand, shape: StepShape, { from, to, start, blocks }: Range, end: Value): void {
  const sums = each(shape.chains, () => new Sum(code));
  code.loop('i', from, to, 4, (i) => {
    const isNode = i.splat().add(code.lane()).lt(end.splat());
    summand(code, nodesAt(code, shape, i, end), addTo(sums), isNode);
  });
  sums.forEach((sum, c) => store(code, blocks, start.add(4 * c), sum));
}

/** The energy of one place, its share of its bonds included. */
function addNode(code: Code, terms: readonly LocalTerm[], { components }: StepShape, at: Vicinity, add: Add, isNode?: Value): void {
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
  code.loop('all', code.argument('begin'), code.argument('end'), 1, () => overChains(code, shape, (at, chain, lanes) => {
    const [low, high] = totalOf(code, shape, BLOCKS, at);
    code.store(ENERGIES, chain, low.demote(high), lanes);
  }));
  return code;
}

/** Four chains at a time, or one where fewer stand in lanes: `at` is where their sums are in a block, `lanes` how many they are. */
export function overChains(code: Code, { chains }: StepShape, visit: (at: Value, chain: Value, lanes: number) => void): void {
  if (chains < LANES) return void each(chains, (c) => visit(code.index(4 * c), code.index(c), 1));
  const whole = chains - (chains % 4);
  code.loop('chain', code.index(0), code.index(whole), 4, (chain) => visit(chain, chain, 4));
  if (whole < chains) visit(code.index(whole), code.index(whole), chains - whole);
}

/** The sums over all blocks, of two chains and of two; the same in all lanes where one chain is visited. */
export function totalOf(code: Code, shape: StepShape, blocks: Buffer, at: Value): [low: Value, high: Value] {
  const sum = new Sum(code);
  code.loop('block', code.index(0), code.argument('sumBlocks'), 1, (block) => {
    const place = block.mul(sumLanes(shape)).add(at).mul(2);
    sum.addHalves([code.load(blocks, place), code.load(blocks, place.add(4))]);
  });
  const [low, high] = sum.halves;
  if (shape.chains >= LANES) return [low, high];
  const total = low.add(high).sumOfLanes();
  return [total, total];
}

function store(code: Code, blocks: Buffer, lane: Value, sum: Sum): void {
  sum.halves.forEach((half, k) => code.store(blocks, lane.mul(2).add(4 * k), half));
}
