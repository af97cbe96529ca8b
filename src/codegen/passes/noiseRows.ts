// Rows of normals in memory, the lanes of a row (component x chains + chain) in blocks of four: the counter
// of a block is (step, node, block, purpose). One loop writes the random words and another makes normals of
// them, so that each loop keeps half of the constants in registers. Several blocks are computed side by side,
// since each is a long chain of dependent operations.
import { Code, type Buffer, type Value } from '../language/code.js';
import { counterBase, normalsOf, philox, uniformOf, type Words } from '../language/philoxWords.js';
import { each, storeNodes } from '../terms/vicinity.js';

const OUT: Buffer = { name: 'out', holds: 'float' };

export type Law = 'normals' | 'uniforms';

/** Rows of fewer numbers stand side by side in the lanes. */
const WIDE = 8;

/** Floats per block: their words stay in the nearest cache until they are normals. */
const BLOCK = 2048;
export const nodesOfBlock = (width: number): number => Math.max(4, 4 * Math.floor(BLOCK / (4 * width)));

/** A tensor of noise: rows of `width` numbers in the range. */
export function noiseCode(law: Law, width: number): Code {
  const code = new Code();
  const [begin, end] = [code.argument('begin'), code.argument('end')];
  if (law === 'uniforms') fillAnyRows(code, OUT, begin, end, width, 0, (words) => words.map(uniformOf));
  else
    code.blocks('block', begin, end, nodesOfBlock(width), (from, to) =>
      fillNormals(code, OUT, from, to, width, 0, width < WIDE),
    );
  return code;
}

/** Visits from, from + by, ...: `count` of them at a time, then the rest one by one. */
function several(
  code: Code,
  name: string,
  from: Value,
  to: Value,
  by: number,
  count: number,
  visit: (at: Value[]) => void,
  visitLeft: ((at: Value) => void) | 'never' = (at) => visit([at]),
): void {
  const most = from.add(
    to
      .sub(from)
      .div(by * count)
      .mul(by * count),
  );
  code.loop(name, from, most, by * count, (at) => visit(each(count, (k) => at.add(k * by))));
  if (visitLeft !== 'never') code.loop(`${name}Left`, most, to, by, visitLeft);
}

/** Fills rows [from, to) of `width` normals of the step `later` steps on, chains in the lanes or nodes. */
export function fillNormals(
  code: Code,
  out: Buffer,
  from: Value,
  to: Value,
  width: number,
  later: number,
  nodesInLanes: boolean,
): void {
  if (nodesInLanes) fillNormalsOfNodes(code, out, from, to, width, later);
  else if (width % 16 === 0) fillWholeRows(code, out, from, to, width, later);
  else fillAnyRows(code, out, from, to, width, later);
}

// Chains in lanes

/** The four words of a block of a row, in each lane. */
function wordsOf(code: Code, later: number, row: Value, block: Value): Words {
  const { stepWord, purpose, key } = counterBase(code);
  return philox([stepWord.add(later), row, block, purpose], key);
}

/** Four blocks at a time, one in each lane. */
function fillWholeRows(code: Code, out: Buffer, from: Value, to: Value, width: number, later: number): void {
  code.loop('block', code.index(0), code.index(width / 4), 4, (block) => {
    // what does not depend on the row is done once
    several(code, 'words', from, to, 1, 4, (rows) => {
      const words = rows.map((row) => wordsOf(code, later, row.splat(), block.splat().add(code.lane())));
      rows.forEach((row, r) =>
        words[r].forEach((word, k) =>
          code.store(
            out,
            row
              .mul(width)
              .add(block.mul(4))
              .add(4 * k),
            word.asFloat(),
          ),
        ),
      );
    });
  });
  several(code, 'normals', from.mul(width), to.mul(width), 16, 2, (places) => {
    const vectors = places.map((at) => code.transpose(normalsOf(loaded(code, out, at))));
    places.forEach((at, p) => vectors[p].forEach((vector, k) => code.store(out, at.add(4 * k), vector)));
  });
}

const loaded = (code: Code, from: Buffer, at: Value): Words =>
  each(4, (k) => code.load(from, at.add(4 * k)).bits()) as [Value, Value, Value, Value];

/** Rows of any width; several at a time where a row has one block or two. */
function fillAnyRows(
  code: Code,
  out: Buffer,
  from: Value,
  to: Value,
  width: number,
  later: number,
  law: (words: Words) => Value[] = normalsOf,
): void {
  const blocks = Math.min(4, Math.ceil(width / 4));
  const rowsAtOnce = Math.floor(4 / blocks);
  const [rowOfLane, blockOfLane] =
    rowsAtOnce === 4
      ? [code.lane(), code.word(0)]
      : rowsAtOnce === 2
        ? [code.lane().shr(1), code.lane().and(1)]
        : [code.word(0), code.lane()];
  /** Four blocks from a block on, whose first numbers belong to the row. */
  const fill = (block: Value, numbers: number): void =>
    code.loop('row', from, to, rowsAtOnce, (row) => {
      const vectors = code.transpose(
        law(wordsOf(code, later, row.splat().add(rowOfLane), block.splat().add(blockOfLane))),
      );
      for (let lane = 0; lane < 4; lane++) {
        const [ahead, on] = [Math.floor(lane / blocks), lane % blocks];
        const left = Math.min(4, numbers - 4 * on);
        if (left <= 0 || ahead >= rowsAtOnce) continue;
        code.if(ahead === 0 || row.add(ahead).lt(to), () =>
          code.store(
            out,
            row
              .add(ahead)
              .mul(width)
              .add(block.mul(4))
              .add(4 * on),
            vectors[lane],
            left,
          ),
        );
      }
    });
  const whole = width - (width % 16);
  if (whole > 0) code.loop('block', code.index(0), code.index(whole / 4), 4, (block) => fill(block, 16));
  if (whole < width) fill(code.index(whole / 4), width - whole);
}

// Nodes in lanes

function fillNormalsOfNodes(
  code: Code,
  out: Buffer,
  from: Value,
  to: Value,
  width: number,
  later: number,
): void {
  const groups = (name: string, make: (i: Value) => Value[], left?: 'never'): void =>
    several(
      code,
      name,
      from,
      to,
      4,
      Math.ceil(4 / width),
      (nodes) => {
        const rows = nodes.map(make);
        nodes.forEach((i, n) => code.storeRows(out, i, rows[n]));
      },
      left ?? ((i) => storeNodes(code, out, i, normalsOfNodes(code, i, width, later), to)),
    );
  if (width % 2 === 1) return groups('normals', (i) => normalsOfNodes(code, i, width, later));
  groups('words', (i) => wordsOfNodes(code, i, width, later).map((word) => word.asFloat()), 'never');
  groups('normals', (i) => normalsByPairs(code.gather(out, undefined, i, width).map((word) => word.bits())));
}

/** Normals of four nodes, lane by lane of their rows. */
export const normalsOfNodes = (code: Code, i: Value, width: number, later: number): Value[] =>
  normalsByPairs(wordsOfNodes(code, i, width + (width % 2), later)).slice(0, width);

const wordsOfNodes = (code: Code, i: Value, width: number, later: number): Value[] =>
  each(Math.ceil(width / 4), (block) => wordsOf(code, later, i.splat().add(code.lane()), code.word(block)))
    .flat()
    .slice(0, width);

const normalsByPairs = (words: readonly Value[]): Value[] =>
  each(words.length / 2, (pair) =>
    normalsOf([words[2 * pair], words[2 * pair + 1], words[0], words[1]], 2),
  ).flat();
