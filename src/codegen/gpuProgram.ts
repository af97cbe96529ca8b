// A stepper's programs for the GPU: a fused pass over the field and what the gauge does after it, one invocation a place
// of the field or of the gauge. The sums of a centred field run in the order that they have elsewhere.
import { Code, type Buffer, type Value } from './code.js';
import { pinCode, SUM_BLOCK } from './gauge.js';
import { globalSumPlacesCode, lambdaPlacesCode } from './globals.js';
import { placesOfNode } from './gpuPlaces.js';
import type { LocalTerm } from './localTerm.js';
import { moveLayout, movePlacesCode, type MoveShape } from './moves.js';
import { starPlacesCode } from './stars.js';
import { placesCode, type Update } from './step.js';
import { LANES, type StepShape } from './vicinity.js';
import type { Gauge } from './wasmProgram.js';
import { wgslProgram, type WgslProgram } from './wgsl.js';
import type { StepTerm } from './wideTerm.js';

export interface GpuPhase {
  readonly program: WgslProgram;
  rows(nodes: number, pinned: number): number;
}

/** What a step does, one after another; `words` are numbers of the job that follow from the shape. */
export function gpuPhases(terms: readonly StepTerm[], update: Update, shape: StepShape, gauge: Gauge): GpuPhase[] {
  const width = shape.components * shape.chains;
  const lanes = shape.chains < LANES ? 4 : 1;
  const { code, result } = placesCode(terms, update, shape);
  const step: GpuPhase = { program: wgslProgram('step', code, result, { lanes }), rows: (nodes) => nodes * placesOfNode(shape) };
  const before: GpuPhase[] = [];
  if (terms.some(({ kind }) => kind === 'star')) {
    before.push({ program: wgslProgram('stars', starPlacesCode(terms, shape), undefined, { lanes }), rows: step.rows });
  }
  if (terms.some(({ kind }) => kind === 'global')) {
    before.push({ program: wgslProgram('globalSums', globalSumPlacesCode(terms, shape)), rows: (nodes) => Math.ceil(nodes / SUM_BLOCK) * shape.chains });
    before.push({ program: wgslProgram('lambdas', lambdaPlacesCode(terms, shape)), rows: () => shape.chains });
  }
  return [...before, step, ...gaugePhases(gauge, width)];
}

function gaugePhases(gauge: Gauge, width: number): GpuPhase[] {
  if (gauge === 'free') return [];
  if (gauge === 'pinned') return [{ program: wgslProgram('pin', pinCode()), rows: (_, pinned) => pinned }];
  return [
    { program: wgslProgram('partialSums', partialSums()), rows: (nodes) => Math.ceil(nodes / SUM_BLOCK) * width },
    { program: wgslProgram('means', means()), rows: () => width },
    { program: wgslProgram('shift', shift()), rows: (nodes) => nodes * width },
  ];
}

const [NEXT, PARTIAL, MEANS] = ['next', 'partial', 'means'].map((name): Buffer => ({ name, holds: 'float' }));

/** Code for each of its rows. */
function rowwise(write: (code: Code, row: Value, width: Value) => void): Code {
  const code = new Code();
  code.loop('row', code.argument('begin'), code.argument('end'), 1, (row) => write(code, row, code.argument('width')));
  return code;
}

/** Row and lane of a number. */
function divided(value: Value, width: Value): [row: Value, lane: Value] {
  const row = value.div(width);
  return [row, value.sub(row.mul(width))];
}

/** The sums of x' over a block of nodes, lane by lane. */
const partialSums = (): Code => rowwise((code, at, width) => {
  const [block, lane] = divided(at, width);
  const [from, nodes] = [block.mul(SUM_BLOCK), code.argument('nodes')];
  const next = from.add(SUM_BLOCK);
  const sum = code.variable('sum', code.float(0));
  code.loop('i', from, next.where(next.lt(nodes), nodes), 1, (i) => code.set(sum, code.get(sum).add(code.load(NEXT, i.mul(width).add(lane)))));
  code.store(PARTIAL, at, code.get(sum), 1);
});

/** The means from the sums of the blocks. */
const means = (): Code => rowwise((code, lane, width) => {
  const sum = code.variable('sum', code.float(0));
  code.loop('block', code.index(0), code.argument('sumBlocks'), 1, (block) => code.set(sum, code.get(sum).add(code.load(PARTIAL, block.mul(width).add(lane)))));
  code.store(MEANS, lane, code.get(sum).mul(code.argument('perNode', 'float')), 1);
});

/** x' less its means. */
const shift = (): Code => rowwise((code, at, width) => {
  const [, lane] = divided(at, width);
  code.store(NEXT, at, code.load(NEXT, at).sub(code.load(MEANS, lane)), 1);
});

/** The sweep of a class of a colouring, and after a run the sums of its counts over blocks of rows. */
export function gpuMoves(terms: readonly LocalTerm[], shape: MoveShape): { readonly sweep: WgslProgram; readonly countSums: WgslProgram } {
  const lanes = moveLayout(shape).nodesInLanes ? 4 : 1;
  return { sweep: wgslProgram('sweep', movePlacesCode(terms, shape), undefined, { lanes }), countSums: wgslProgram('countSums', countSums()) };
}

const [COUNTS, COUNT_SUMS] = ['counts', 'countSums'].map((name): Buffer => ({ name, holds: 'word' }));

/** Column by column; the counts begin anew. */
const countSums = (): Code => rowwise((code, at, width) => {
  const [block, column] = divided(at, width);
  const [from, rows] = [block.mul(SUM_BLOCK), code.argument('rowCount')];
  const next = from.add(SUM_BLOCK);
  const sum = code.variable('sum', code.word(0));
  code.loop('i', from, next.where(next.lt(rows), rows), 1, (i) => {
    const place = i.mul(width).add(column);
    code.set(sum, code.get(sum).add(code.load(COUNTS, place)));
    code.store(COUNTS, place, code.word(0), 1);
  });
  code.store(COUNT_SUMS, at, code.get(sum), 1);
});
