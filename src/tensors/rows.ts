// Rows of a field by an index, and the sum of such rows onto the field: the two ends of every bond.
//   gather:  y[m] = x[t_m]            scatter:  x[n] = sum over m with t_m = n of y[m]
// Each is the adjoint of the other, <scatter y, x> = <y, gather x>, and so its gradient. Sums are added in
// the order of m: results are reproducible on each backend, and agree between backends to float32 rounding.
import type { Tensor3D } from '#tfjs';
import { card, numeral, printAs } from '../display/index.js';
import { differentiate, run } from './operation.js';

/** Targets of rows and their inverse, made once by {@link rowIndex}. */
export interface RowIndex {
  /** t_m in [0, size), one per row. */
  readonly targets: Int32Array;
  readonly size: number;
  /** Rows by target: those of target n are order[k], starts[n] <= k < starts[n + 1], in increasing order. */
  readonly starts: Int32Array;
  /** Absent where the targets are sorted: then order[k] = k. */
  readonly order: Int32Array | undefined;
}

/**
 * The index by which `gather` reads rows of a field and `scatter` adds them up.
 *
 * @param targets the target of each row
 * @param size number of targets
 * @throws RangeError for a target that is not an integer in [0, size)
 * @example
 * const { starts, order } = tensors.rowIndex(Int32Array.of(2, 0, 2), 3);
 * starts; // [0, 1, 1, 3]
 * order; // [1, 0, 2]
 */
export function rowIndex(targets: ArrayLike<number>, size: number): RowIndex {
  if (!Number.isInteger(size) || size < 0)
    throw new RangeError(`rowIndex: size must be an integer >= 0, got ${size}`);
  const starts = new Int32Array(size + 1);
  let sorted = true;
  for (let m = 0; m < targets.length; m++) {
    const target = targets[m];
    if (!Number.isInteger(target) || target < 0 || target >= size) {
      throw new RangeError(`rowIndex: targets must be integers in [0, ${size}), got ${target} at row ${m}`);
    }
    starts[target + 1]++;
    if (m > 0 && targets[m - 1] > target) sorted = false;
  }
  for (let n = 0; n < size; n++) starts[n + 1] += starts[n];
  const own = Int32Array.from(targets);
  const next = starts.slice();
  const order = sorted ? undefined : new Int32Array(own.length);
  if (order) for (let m = 0; m < own.length; m++) order[next[own[m]]++] = m;
  return printAs<RowIndex>({ targets: own, size, starts, order }, rowIndexCard);
}

/**
 * The rows y[m] = x[t_m], shape [rows, components, chains], of values [size, components, chains].
 *
 * @throws RangeError unless the values have `index.size` rows
 * @example
 * await tensors.ready();
 * const values = tf.tensor3d([[[10]], [[20]], [[30]]]); // [nodes, components, chains]
 * tensors.gather(values, tensors.rowIndex([2, 0, 2], 3)).dataSync(); // [30, 10, 30]
 */
export function gather(values: Tensor3D, index: RowIndex): Tensor3D {
  checkRows('gather', values, index.size);
  return run('gather', values, [index.targets.length, values.shape[1], values.shape[2]], { index });
}

/**
 * The sums x[n] of the rows with target n, shape [size, components, chains], of rows [rows, components,
 * chains].
 *
 * @throws RangeError if the number of rows is not that of `index.targets`
 * @example
 * await tensors.ready();
 * const rows = tf.tensor3d([[[1]], [[2]], [[4]]]);
 * tensors.scatter(rows, tensors.rowIndex([2, 0, 2], 3)).dataSync(); // [2, 0, 5]
 */
export function scatter(rows: Tensor3D, index: RowIndex): Tensor3D {
  checkRows('scatter', rows, index.targets.length);
  return run('scatter', rows, [index.size, rows.shape[1], rows.shape[2]], { index });
}

differentiate<{ index: RowIndex }>('gather', (rows, { index }) => scatter(rows, index));
differentiate<{ index: RowIndex }>('scatter', (values, { index }) => gather(values, index));

function checkRows(caller: string, values: Tensor3D, rows: number): void {
  if (values.shape.length === 3 && values.shape[0] === rows) return;
  throw new RangeError(`${caller}: needs [${rows}, components, chains], got [${values.shape.join(', ')}]`);
}

const rowIndexCard = ({ targets, size, order }: RowIndex) =>
  card('row index', {
    rows: numeral(targets.length),
    targets: numeral(size),
    'in order': order ? 'no' : 'yes',
  });
