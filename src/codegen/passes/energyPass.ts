// The energy of each chain, a pass over the nodes: the site terms of every node and its share of its bonds,
// each computed in float32 and added in float64. Sums run over blocks of a fixed length and then over the
// blocks, whatever threads share the work.
import { Code, type Buffer, type Value } from '../language/code.js';
import { Sum } from '../language/sum.js';
import { SUM_BLOCK } from './gaugePass.js';
import { energyOf, shareOf, type LocalBond, type LocalTerm, type SiteInputs } from '../terms/localTerm.js';
import {
  chainsAt,
  each,
  LANES,
  nodesAt,
  overLanes,
  vectorsAtOnce,
  type StepShape,
  type Vicinity,
} from '../terms/vicinity.js';

const [X, ENERGIES] = ['x', 'energies'].map((name): Buffer => ({ name, holds: 'float' }));
/** By blocks of nodes, `sumLanes` float64 each. */
export const BLOCKS: Buffer = { name: 'blockSums', holds: 'double' };

/** Sums per block: one per chain, filled up to whole vectors, or one per chain and lane. */
export const sumLanes = ({ chains }: StepShape): number =>
  4 * (chains >= LANES ? Math.ceil(chains / 4) : chains);

/** Adds a value to the sum of vector v, in the lanes that count. */
type Add = (v: number, value: Value, counts: Value | undefined) => void;
/** What a place adds to its sums. `isNode` says which lanes are nodes, where some are not. */
type Summand = (code: Code, at: Vicinity, add: Add, isNode?: Value) => void;

export const energyCode = (terms: readonly LocalTerm[], shape: StepShape): Code =>
  nodeSumsCode(shape, BLOCKS, (code, at, add, isNode) => addNode(code, terms, shape, at, add, isNode));

/** Sums over each block of nodes, in float64. */
export function nodeSumsCode(shape: StepShape, blocks: Buffer, summand: Summand): Code {
  const code = new Code();
  const end = code.argument('end');
  code.blocks('from', code.argument('begin'), end, SUM_BLOCK, (from, to) => {
    const start = from.shr(8).mul(sumLanes(shape));
    /** Sums of some vectors, whose numbers in the block begin at `at`. */
    const sumUp = (vectors: number, by: number, at: Value, visit: (i: Value, add: Add) => void): void => {
      const sums = each(vectors, () => new Sum(code));
      code.loop('i', from, to, by, (i) =>
        visit(i, (v, value, counts) => sums[v].add(counts ? value.where(counts, 0) : value)),
      );
      sums.forEach((sum, v) =>
        sum.halves.forEach((half, k) =>
          code.store(
            blocks,
            at
              .add(4 * v)
              .mul(2)
              .add(4 * k),
            half,
          ),
        ),
      );
    };
    if (shape.chains < LANES) {
      const isNode = (i: Value): Value => i.splat().add(code.lane()).lt(end.splat());
      sumUp(shape.chains, 4, start, (i, add) => summand(code, nodesAt(code, shape, i), add, isNode(i)));
    } else {
      const ofChains = (chain: Value, _: number, vectors: number): void =>
        sumUp(vectors, 1, start.add(chain), (i, add) =>
          summand(code, chainsAt(code, shape, i, chain, vectors), add),
        );
      overLanes(code, shape.chains, ofChains, vectorsAtOnce(shape));
    }
  });
  return code;
}

/** The energy of one place, its share of its bonds included. */
function addNode(
  code: Code,
  terms: readonly LocalTerm[],
  { components }: StepShape,
  at: Vicinity,
  add: Add,
  isNode?: Value,
): void {
  const places = at.row(X, components).map((own): SiteInputs => ({ own, parameter: at.parameter }));
  terms.forEach((term, t) => {
    if (term.kind === 'site') places.forEach((place, v) => add(v, energyOf(code, term, t, place), isNode));
  });
  const bonds = terms.filter((term): term is LocalBond => term.kind === 'bond');
  if (bonds.length === 0) return;
  at.visit(({ row, bond, counts }) => {
    const others = row(X, components);
    for (const term of bonds) {
      places.forEach(({ own }, v) =>
        add(v, shareOf(code, term, terms.indexOf(term), { own, other: others[v], parameter: bond }), counts),
      );
    }
  });
}

/** The energies from the sums of the blocks: one call for all. */
export function totalCode(shape: StepShape): Code {
  const code = new Code();
  code.range('all', 1, () =>
    overChains(code, shape, (at, chain, lanes) => {
      const [low, high] = totalOf(code, shape, BLOCKS, at);
      code.store(ENERGIES, chain, low.demote(high), lanes);
    }),
  );
  return code;
}

/** Four chains at a time, or one of fewer than four. Their sums in a block begin at `at`. */
export function overChains(
  code: Code,
  { chains }: StepShape,
  visit: (at: Value, chain: Value, lanes: number) => void,
): void {
  if (chains < LANES) each(chains, (c) => visit(code.index(4 * c), code.index(c), 1));
  else overLanes(code, chains, (chain, lanes) => visit(chain, chain, lanes));
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
