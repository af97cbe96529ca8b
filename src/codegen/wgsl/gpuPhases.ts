// A stepper's programs for the GPU: a fused pass over the field and what the gauge does after it, one invocation a place
// of the field or of the gauge. The sums of a centred field run in the order that they have elsewhere.
import { Code, type Buffer, type Value } from '../language/code.js';
import { NEXT, NEXT_VELOCITY, pinCode, SUM_BLOCK, X } from '../passes/gaugePass.js';
import { globalSumPlacesCode, lambdaPlacesCode } from '../terms/globalSums.js';
import { placesOfNode } from './gpuPlaces.js';
import { moveLayout, type MoveShape } from '../moves/moveLayout.js';
import { movePlacesCode } from '../moves/moves.js';
import { starPlacesCode } from '../terms/stars.js';
import { placesCode, type Update } from '../passes/step.js';
import { LANES, type StepShape } from '../terms/vicinity.js';
import type { Gauge } from '../wasm/wasmProgram.js';
import { wgslProgram, type WgslProgram } from './wgsl.js';
import type { StepTerm } from '../terms/wideTerm.js';

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
  return [...before, step, ...gaugePhases(gauge, width, update.velocity !== undefined)];
}

function gaugePhases(gauge: Gauge, width: number, hasVelocity: boolean): GpuPhase[] {
  if (gauge === 'free') return [];
  if (gauge === 'pinned') return [{ program: wgslProgram('pin', pinCode([NEXT, X], ...(hasVelocity ? [[NEXT_VELOCITY] as const] : []))), rows: (_, pinned) => pinned }];
  const centre = (field: Buffer): GpuPhase[] => [
    { program: wgslProgram('partialSums', partialSums(field)), rows: (nodes) => Math.ceil(nodes / SUM_BLOCK) * width },
    { program: wgslProgram('means', means()), rows: () => width },
    { program: wgslProgram('shift', shift(field)), rows: (nodes) => nodes * width },
  ];
  return [...centre(NEXT), ...(hasVelocity ? centre(NEXT_VELOCITY) : [])];
}

const [PARTIAL, MEANS] = ['partial', 'means'].map((name): Buffer => ({ name, holds: 'float' }));

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

/** The sums of a field over a block of nodes, lane by lane. */
const partialSums = (field: Buffer): Code => rowwise((code, at, width) => {
  const [block, lane] = divided(at, width);
  const [from, nodes] = [block.mul(SUM_BLOCK), code.argument('nodes')];
  const next = from.add(SUM_BLOCK);
  const sum = code.variable('sum', code.float(0));
  code.loop('i', from, next.where(next.lt(nodes), nodes), 1, (i) => code.set(sum, code.get(sum).add(code.load(field, i.mul(width).add(lane)))));
  code.store(PARTIAL, at, code.get(sum), 1);
});

/** The means from the sums of the blocks. */
const means = (): Code => rowwise((code, lane, width) => {
  const sum = code.variable('sum', code.float(0));
  code.loop('block', code.index(0), code.argument('sumBlocks'), 1, (block) => code.set(sum, code.get(sum).add(code.load(PARTIAL, block.mul(width).add(lane)))));
  code.store(MEANS, lane, code.get(sum).mul(code.argument('perNode', 'float')), 1);
});

/** A field less its means. */
const shift = (field: Buffer): Code => rowwise((code, at, width) => {
  const [, lane] = divided(at, width);
  code.store(field, at, code.load(field, at).sub(code.load(MEANS, lane)), 1);
});

/** The sweep of a class of a colouring, and after a run the sums of its counts over blocks of rows. */
export function gpuMoves(terms: readonly StepTerm[], shape: MoveShape): { readonly sweep: WgslProgram; readonly countSums: WgslProgram } {
  const lanes = moveLayout(shape).nodesInLanes ? 4 : 1;
  const { code, result } = movePlacesCode(terms, shape);
  return { sweep: wgslProgram('sweep', code, result, { lanes }), countSums: wgslProgram('countSums', countSums()) };
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
