// A sweep of single-site moves over spins +-1 or labels as one fused pass, in the orders of moveLayout.ts.
// The code returns 1 if an energy change is not a number.
import { Code, type Value } from '../language/code.js';
import type { MoveShape } from './moveLayout.js';
import { classByClass, sequential } from './movesInRows.js';
import { atRandom } from './movesAtRandom.js';
import { COUNTS, NODES, SiteMoves, X } from './siteMoves.js';
import { LANES } from '../terms/vicinity.js';
import type { StepTerm } from '../terms/wideTerm.js';

export function movesCode(terms: readonly StepTerm[], shape: MoveShape): Code {
  const moves = new SiteMoves(new Code(), terms, shape);
  if (shape.order === 'random') atRandom(moves);
  else if (shape.order === 'sequential') sequential(moves);
  else if (!moves.layout.nodesInLanes) classByClass(moves);
  else
    moves.code.range('i', LANES, (i) =>
      moves.moveFour(i).forEach((marks, chain) => moves.add(moves.counts.add(LANES * chain), marks)),
    );
  return moves.finish();
}

/**
 * The moves of one class, in colouring order, for machines of many small lanes: each place is a row with the
 * four chains of a random block, or one of four rows side by side. The class begins at row `first`, and every
 * value has a counter of its own.
 */
export function movePlacesCode(terms: readonly StepTerm[], shape: MoveShape): Code {
  const code = new Code();
  const moves = new SiteMoves(code, terms, shape);
  const first = code.argument('first');
  if (moves.layout.nodesInLanes) {
    code.range('place', LANES, (place) => {
      const i = place.add(first);
      const marks = moves.moveFour(i);
      code.storeRows(
        COUNTS,
        i,
        code.gather(COUNTS, undefined, i, shape.chains).map((count, chain) => count.sub(marks[chain])),
      );
    });
  } else code.range('place', 1, (place) => onePlace(moves, place, first));
  return moves.finish();
}

function onePlace(moves: SiteMoves, place: Value, first: Value): void {
  const {
    code,
    layout: { width, blocks },
  } = moves;
  const row = place.div(blocks);
  const [i, block] = [row.add(first), place.sub(row.mul(blocks))];
  const at = (node: Value, v: number): Value => node.mul(width).add(block.mul(LANES)).add(v);
  moves.move(i, moves.words(code.loadSplat(NODES, i), block.splat()), {
    load: (node, v) => code.load(X, at(node, v)),
    store: (v, value) => code.store(X, at(i, v), value, 1),
    isReal: moves.isChain((v) => block.mul(LANES).add(v).splat()),
    count: (v, marks) => code.store(COUNTS, at(i, v), code.load(COUNTS, at(i, v)).sub(marks), 1),
  });
}
