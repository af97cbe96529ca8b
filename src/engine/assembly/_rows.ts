// Rows of [rows, width] arrays: copied by an index, summed by a compressed index, summed over all rows.

/** out[m] = values[targets[m]], rows of `width` floats. */
export function gatherRows(values: usize, targets: usize, out: usize, count: i32, width: i32): void {
  const end = targets + ((<usize>count) << 2);
  const bytes = (<usize>width) << 2;
  if (width == 1) {
    for (; targets < end; targets += 4, out += 4) {
      store<f32>(out, load<f32>(values + ((<usize>load<u32>(targets)) << 2)));
    }
  } else if (width == 2) {
    for (; targets < end; targets += 4, out += 8) {
      store<u64>(out, load<u64>(values + ((<usize>load<u32>(targets)) << 3)));
    }
  } else if (width < 4) {
    for (; targets < end; targets += 4, out += 12) {
      const row = values + <usize>load<u32>(targets) * 12;
      store<u64>(out, load<u64>(row));
      store<f32>(out, load<f32>(row, 8), 8);
    }
  } else {
    for (; targets < end; targets += 4, out += bytes) copyRow(values + <usize>load<u32>(targets) * bytes, out, bytes);
  }
}

/** At least four floats, the last four stored together with what of them was stored before. */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, bytes: usize): void {
  const last = bytes - 16;
  for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
  v128.store(to + last, v128.load(from + last));
}

/**
 * out[n] = sum of rows[order[k]] for starts[n] <= k < starts[n + 1], in that order; order = 0 stands for
 * rows that are sorted already (order[k] = k).
 */
export function scatterRows(rows: usize, order: usize, starts: usize, out: usize, count: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  let begin = load<u32>(starts);
  for (let n = 0; n < count; n++) {
    starts += 4;
    const end = load<u32>(starts);
    if (width == 1) {
      let sum: f32 = 0;
      for (let k = begin; k < end; k++) sum += load<f32>(rows + (at(order, k) << 2));
      store<f32>(out, sum);
    } else if (width == 2) {
      let sum = f32x4.splat(0);
      for (let k = begin; k < end; k++) sum = f32x4.add(sum, v128.load64_zero(rows + (at(order, k) << 3)));
      v128.store64_lane(out, sum, 0);
    } else {
      sumRows(rows, order, begin, end, out, bytes);
    }
    out += bytes;
    begin = end;
  }
}

/** Position of the k-th row. */
// @ts-ignore: decorator
@inline
function at(order: usize, k: u32): usize {
  return <usize>(order == 0 ? k : load<u32>(order + ((<usize>k) << 2)));
}

/** Columns by the 16, by the 4 and one by one, so that a cache line is read once. */
function sumRows(rows: usize, order: usize, begin: u32, end: u32, out: usize, bytes: usize): void {
  let column: usize = 0;
  for (; column + 64 <= bytes; column += 64) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let k = begin; k < end; k++) {
      const row = rows + at(order, k) * bytes + column;
      a = f32x4.add(a, v128.load(row));
      b = f32x4.add(b, v128.load(row, 16));
      c = f32x4.add(c, v128.load(row, 32));
      d = f32x4.add(d, v128.load(row, 48));
    }
    v128.store(out + column, a);
    v128.store(out + column, b, 16);
    v128.store(out + column, c, 32);
    v128.store(out + column, d, 48);
  }
  for (; column + 16 <= bytes; column += 16) {
    let sum = f32x4.splat(0);
    for (let k = begin; k < end; k++) sum = f32x4.add(sum, v128.load(rows + at(order, k) * bytes + column));
    v128.store(out + column, sum);
  }
  for (; column < bytes; column += 4) {
    let sum: f32 = 0;
    for (let k = begin; k < end; k++) sum += load<f32>(rows + at(order, k) * bytes + column);
    store<f32>(out + column, sum);
  }
}

/** out[c] = sum over m of values[m, c], accumulated in float64 and rounded once. */
export function totalRows(values: usize, out: usize, count: i32, width: i32): void {
  if (width == 1) {
    store<f32>(out, <f32>totalColumn(values, count));
    return;
  }
  const bytes = (<usize>width) << 2;
  const last = values + <usize>count * bytes;
  let column: usize = 0;
  for (; column + 32 <= bytes; column += 32) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let row = values + column; row < last; row += bytes) {
      a = f64x2.add(a, f64x2.promote_low_f32x4(v128.load64_zero(row)));
      b = f64x2.add(b, f64x2.promote_low_f32x4(v128.load64_zero(row, 8)));
      c = f64x2.add(c, f64x2.promote_low_f32x4(v128.load64_zero(row, 16)));
      d = f64x2.add(d, f64x2.promote_low_f32x4(v128.load64_zero(row, 24)));
    }
    v128.store64_lane(out + column, f32x4.demote_f64x2_zero(a), 0);
    v128.store64_lane(out + column, f32x4.demote_f64x2_zero(b), 0, 8);
    v128.store64_lane(out + column, f32x4.demote_f64x2_zero(c), 0, 16);
    v128.store64_lane(out + column, f32x4.demote_f64x2_zero(d), 0, 24);
  }
  for (; column < bytes; column += 4) {
    let sum: f64 = 0;
    for (let row = values + column; row < last; row += bytes) sum += <f64>load<f32>(row);
    store<f32>(out + column, <f32>sum);
  }
}

/** Four interleaved float64 sums of one contiguous column. */
function totalColumn(values: usize, count: i32): f64 {
  const last = values + ((<usize>count) << 2);
  let low = f64x2.splat(0);
  let high = low;
  for (; values + 16 <= last; values += 16) {
    low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(values)));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(values, 8)));
  }
  const four = f64x2.add(low, high);
  let sum = f64x2.extract_lane(four, 0) + f64x2.extract_lane(four, 1);
  for (; values < last; values += 4) sum += <f64>load<f32>(values);
  return sum;
}

/** out[n] = sum of rows[m] over the m with targets[m] = n: tfjs's UnsortedSegmentSum. */
export function segmentSum(rows: usize, targets: usize, out: usize, count: i32, segments: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  memory.fill(out, 0, <usize>segments * bytes);
  for (let m = 0; m < count; m++, targets += 4, rows += bytes) {
    const target = load<u32>(targets);
    if (target >= <u32>segments) continue; // as tfjs: a negative or too large target is dropped
    const sum = out + <usize>target * bytes;
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(sum + at, load<f32>(sum + at) + load<f32>(rows + at));
  }
}
