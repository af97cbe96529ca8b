// A stepper's programs for the GPU: a fused pass over the field and what the gauge does after it, one
// invocation per place of the field or of the gauge. The sums of a centred field are added in the same order
// as on the other engines.
import { Code, type Buffer, type Value } from '../language/code.js';
import {
  NEXT,
  NEXT_VELOCITY,
  pinCode,
  rowsOfBlock,
  shift,
  storeMean,
  storePartialSum,
  SUM_BLOCK,
  X,
} from '../passes/gaugePass.js';
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

export function gpuPhases(
  terms: readonly StepTerm[],
  update: Update,
  shape: StepShape,
  gauge: Gauge,
): GpuPhase[] {
  const phases: GpuPhase[] = [];
  const add = (label: string, code: Code, rows: GpuPhase['rows'], lanes: 1 | 4 = 1): void =>
    void phases.push({ program: wgslProgram(label, code, code.result, { lanes }), rows });
  const width = shape.components * shape.chains;
  const lanes = shape.chains < LANES ? 4 : 1;
  const places = (nodes: number): number => nodes * placesOfNode(shape);
  const blocks = (nodes: number): number => Math.ceil(nodes / SUM_BLOCK);
  if (terms.some(({ kind }) => kind === 'star')) add('stars', starPlacesCode(terms, shape), places, lanes);
  if (terms.some(({ kind }) => kind === 'global')) {
    add('globalSums', globalSumPlacesCode(terms, shape), (nodes) => blocks(nodes) * shape.chains);
    add('lambdas', lambdaPlacesCode(terms, shape), () => shape.chains);
  }
  add('step', placesCode(terms, update, shape), places, lanes);
  if (gauge === 'pinned')
    add(
      'pin',
      pinCode([NEXT, X], ...(update.velocity ? [[NEXT_VELOCITY] as const] : [])),
      (_, pinned) => pinned,
    );
  if (gauge === 'centred') {
    for (const field of update.velocity ? [NEXT, NEXT_VELOCITY] : [NEXT]) {
      add('partialSums', partialSums(field), (nodes) => blocks(nodes) * width);
      add(
        'means',
        rowwise((code, lane) => storeMean(code, lane, 1)),
        () => width,
      );
      add(
        'shift',
        rowwise((code, at, [, lane]) => shift(code, field, at, lane, 1)),
        (nodes) => nodes * width,
      );
    }
  }
  return phases;
}

/** Code for each place of arrays [rows, width]; `parts` are the row and the lane of the place. */
function rowwise(write: (code: Code, at: Value, parts: readonly [row: Value, lane: Value]) => void): Code {
  const code = new Code();
  code.range('row', 1, (at) => {
    const width = code.argument('width');
    const row = at.div(width);
    write(code, at, [row, at.sub(row.mul(width))]);
  });
  return code;
}

const partialSums = (field: Buffer): Code =>
  rowwise((code, _, [block, lane]) =>
    storePartialSum(code, field, block, rowsOfBlock(block, code.argument('nodes')), lane, 1),
  );

/**
 * The sweep of a class of a colouring, and, for the end of a run, the sums of its counters over blocks of
 * rows.
 */
export function gpuMoves(
  terms: readonly StepTerm[],
  shape: MoveShape,
): { readonly sweep: WgslProgram; readonly countSums: WgslProgram } {
  const code = movePlacesCode(terms, shape);
  const sweep = wgslProgram('sweep', code, code.result, { lanes: moveLayout(shape).nodesInLanes ? 4 : 1 });
  return { sweep, countSums: wgslProgram('countSums', countSums()) };
}

const [COUNTS, COUNT_SUMS] = ['counts', 'countSums'].map((name): Buffer => ({ name, holds: 'word' }));

/** The sum of each column over each block of rows; the counters are set to 0. */
const countSums = (): Code =>
  rowwise((code, at, [block, column]) => {
    const [from, to] = rowsOfBlock(block, code.argument('rowCount'));
    const sum = code.sum('i', from, to, code.word(0), (i) => {
      const place = i.mul(code.argument('width')).add(column);
      const count = code.load(COUNTS, place);
      code.store(COUNTS, place, code.word(0), 1);
      return count;
    });
    code.store(COUNT_SUMS, at, sum, 1);
  });
