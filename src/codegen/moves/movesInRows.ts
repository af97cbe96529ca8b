// Moves row by row with chains in the lanes: class by class of a colouring, or all rows in turn for each set
// of chains.
import type { CarriedSums } from './carriedSums.js';
import type { Value } from '../language/code.js';
import { VECTORS } from './moveLayout.js';
import { NODES, X, type Count, type SiteMoves } from './siteMoves.js';
import { LANES } from '../terms/vicinity.js';

export function classByClass(moves: SiteMoves): void {
  const {
    code,
    counts,
    layout: { blocks },
  } = moves;
  const [begin, end, zero] = [code.argument('begin'), code.argument('end'), code.index(0)];
  if (blocks <= VECTORS) {
    return moves.inRegisters(counts, blocks, (count) =>
      code.loop('i', begin, end, rowsAtOnce(moves), (i) => tile(moves, i, end, zero, blocks, count)),
    );
  }
  const rest = blocks % VECTORS;
  const whole = code.index(blocks - rest);
  code.loop('i', begin, end, 1, (i) => {
    const some = (block: Value, vectors: number): void =>
      tile(moves, i, end, block, vectors, (v, marks) =>
        moves.add(counts.add(block.mul(LANES)).add(LANES * v), marks),
      );
    code.loop('block', zero, whole, VECTORS, (block) => some(block, VECTORS));
    if (rest > 0) some(whole, rest);
  });
}

/** All rows in turn, for the sets of chains from `begin` to `end`. */
export function sequential(moves: SiteMoves): void {
  const {
    code,
    layout: { blocks, width },
  } = moves;
  const rest = rowsAtOnce(moves) > 1 ? blocks : blocks % VECTORS;
  const whole = Math.floor(blocks / VECTORS);
  const end = code.argument('rows');
  const rows = (block: Value, vectors: number): void =>
    moves.inRegisters(block.mul(LANES), vectors, (count) => {
      const sums = moves.sums(vectors, (row, v) =>
        code.load(
          X,
          row
            .mul(width)
            .add(block.mul(LANES))
            .add(LANES * v),
        ),
      );
      code.loop('i', code.index(0), end, rowsAtOnce(moves), (i) =>
        tile(moves, i, end, block, vectors, count, sums),
      );
    });
  code.range('set', 1, (set) => {
    const block = set.mul(VECTORS);
    if (whole === 0) rows(block, rest);
    else if (rest === 0) rows(block, VECTORS);
    else
      code.if(
        set.lt(whole),
        () => rows(block, VECTORS),
        () => rows(block, rest),
      );
  });
}

/** Rows whose random words are computed together, four blocks at a time. */
const rowsAtOnce = ({ layout: { blocks } }: SiteMoves): 1 | 2 | 4 =>
  blocks === 1 ? 4 : blocks === 2 ? 2 : 1;

/** Moves of rows i, i + 1, ... before the end, each with `vectors` vectors of chains from a block on. */
function tile(
  moves: SiteMoves,
  i: Value,
  end: Value,
  block: Value,
  vectors: number,
  count: Count,
  sums?: readonly CarriedSums[],
): void {
  const { code } = moves;
  const rows = rowsAtOnce(moves);
  const nodes = rows === 1 ? code.loadSplat(NODES, i) : code.load(NODES, i);
  const nodeOfLane = rows === 2 ? code.make('shuffle', 'word', [nodes, nodes], 0o0011) : nodes;
  const blockOfLane =
    rows === 4 ? code.word(0) : rows === 2 ? code.lane().and(1) : block.splat().add(code.lane());
  const words = code.transpose(moves.words(nodeOfLane, blockOfLane));
  for (let k = 0; k < rows; k++) {
    const ofRow = words.slice(k * vectors, (k + 1) * vectors);
    code.if(k === 0 || i.add(k).lt(end), () => row(moves, i.add(k), block.mul(LANES), ofRow, count, sums));
  }
}

function row(
  moves: SiteMoves,
  i: Value,
  chain: Value,
  words: readonly Value[],
  count: Count,
  sums: readonly CarriedSums[] | undefined,
): void {
  const {
    code,
    layout: { width },
    shape: { states },
  } = moves;
  const atOnce = states === 'spin' ? VECTORS : 1; // labels need registers for each of their energies
  for (let from = 0; from < words.length; from += atOnce) {
    const at = (node: Value, v: number): Value =>
      node
        .mul(width)
        .add(chain)
        .add(LANES * (from + v));
    moves.move(i, words.slice(from, from + atOnce), {
      load: (node, v) => code.load(X, at(node, v)),
      store: (v, value) => code.store(X, at(i, v), value),
      isReal: moves.isChain((v) =>
        chain
          .add(LANES * (from + v))
          .splat()
          .add(code.lane()),
      ),
      count: (v, marks) => count(from + v, marks),
      sums: sums?.slice(from, from + atOnce),
    });
  }
}
