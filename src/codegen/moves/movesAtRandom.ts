// Moves of random sites with replacement, other sites for each chain: one of four lanes is used. Attempt a of
// a sweep takes its site from the word (step, a, chain >> 2, order) and its choice from (step, a, chain >> 2,
// acceptance).
import type { Value } from '../language/code.js';
import { SCRATCH } from './moveLayout.js';
import { DRAWS, X, type SiteMoves } from './siteMoves.js';
import { LANES } from '../terms/vicinity.js';

/** As many attempts as there are rows, for the sets of four chains from `begin` to `end`. */
export function atRandom(moves: SiteMoves): void {
  const {
    code,
    layout: { width },
    shape: { chains },
  } = moves;
  const [rows, orderPurpose] = [code.argument('rows'), code.argument('orderPurpose').splat()];
  code.range('set', 1, (set) => {
    const [first, scratch] = [set.mul(LANES), set.mul(SCRATCH)];
    const lanes = code.index(chains).sub(first).atMost(code.index(LANES));
    const sums = moves.sums(1, (row) => code.load(X, row.mul(width).add(first)));
    moves.inRegisters(first, 1, (count) =>
      code.loop('attempt', code.index(0), rows, 4, (attempt) => {
        const number = attempt.splat().add(code.lane());
        const sites = moves
          .words(number, set.splat(), orderPurpose)
          .map((word) => word.mulHigh(rows.splat()));
        const chances = moves.words(number, set.splat());
        [...code.transpose(sites), ...code.transpose(chances)].forEach((row, k) =>
          code.store(DRAWS, scratch.add(4 * k), row),
        );
        code.loop('a', scratch, scratch.add(rows.sub(attempt).atMost(code.index(4)).mul(4)), 4, (a) => {
          code.loop('k', code.index(0), lanes, 1, (k) => {
            const at = a.add(k);
            const [i, word] = [code.loadIndex(DRAWS, at), code.loadSplat(DRAWS, at.add(16))];
            const place = (node: Value): Value => node.mul(width).add(first).add(k);
            moves.move(i, [word], {
              load: (node) => code.loadSplat(X, place(node)),
              store: (_, value) => code.store(X, place(i), value, 1),
              count: (_, marks) => code.store(DRAWS, at.add(16), marks, 1), // the mark takes the place of its word
              sums,
              lane: {
                mask: code.lane().eq(k.splat()),
                spread: (value) => {
                  code.store(DRAWS, scratch.add(32), value.bits());
                  return code.loadSplat(DRAWS, scratch.add(32).add(k)).asFloat();
                },
              },
            });
          });
          count(0, code.load(DRAWS, a.add(16)));
        });
      }),
    );
  });
}
