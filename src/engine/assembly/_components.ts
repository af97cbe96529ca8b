// The middle axis of [rows, components, chains] arrays: contracted, picked, placed, repeated.

/** out[m, c] = sum over k of values[m, k, c]. */
export function sumComponents(values: usize, out: usize, rows: i32, components: i32, chains: i32): void {
  if (chains == 1 && components == 2) return sumPairs(values, out, rows);
  const line = (<usize>chains) << 2;
  const row = line * components;
  const last = out + <usize>rows * line;
  for (; out < last; out += line, values += row) {
    let at: usize = 0;
    for (; at + 16 <= line; at += 16) {
      let sum = v128.load(values + at);
      for (let k = line; k < row; k += line) sum = f32x4.add(sum, v128.load(values + at + k));
      v128.store(out + at, sum);
    }
    for (; at < line; at += 4) {
      let sum = load<f32>(values + at);
      for (let k = line; k < row; k += line) sum += load<f32>(values + at + k);
      store<f32>(out + at, sum);
    }
  }
}

function sumPairs(values: usize, out: usize, rows: i32): void {
  const last = out + ((<usize>rows) << 2);
  for (; out + 16 <= last; out += 16, values += 32) {
    const a = v128.load(values);
    const b = v128.load(values, 16);
    v128.store(out, f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7)));
  }
  for (; out < last; out += 4, values += 8) store<f32>(out, load<f32>(values) + load<f32>(values, 4));
}

/** out[m, c] = max over k of values[m, k, c]. */
export function maxComponents(values: usize, out: usize, rows: i32, components: i32, chains: i32): void {
  const line = (<usize>chains) << 2;
  const row = line * components;
  const last = out + <usize>rows * line;
  for (; out < last; out += line, values += row) {
    let at: usize = 0;
    for (; at + 16 <= line; at += 16) {
      let top = v128.load(values + at);
      for (let k = line; k < row; k += line) top = f32x4.max(top, v128.load(values + at + k));
      v128.store(out + at, top);
    }
    for (; at < line; at += 4) {
      let top = load<f32>(values + at);
      for (let k = line; k < row; k += line) top = max<f32>(top, load<f32>(values + at + k));
      store<f32>(out + at, top);
    }
  }
}

/** out[m, c] = values[m, k, c]. */
export function pickComponent(values: usize, out: usize, rows: i32, components: i32, chains: i32, k: i32): void {
  const line = (<usize>chains) << 2;
  copyLines(values + <usize>k * line, line * components, out, line, rows, line);
}

/** out[m, k, c] = values[m, c], the other components zero. */
export function placeComponent(values: usize, out: usize, rows: i32, components: i32, chains: i32, k: i32): void {
  const line = (<usize>chains) << 2;
  const row = line * components;
  memory.fill(out, 0, <usize>rows * row);
  copyLines(values, line, out + <usize>k * line, row, rows, line);
}

function copyLines(from: usize, fromStep: usize, to: usize, toStep: usize, count: i32, line: usize): void {
  for (let m = 0; m < count; m++, from += fromStep, to += toStep) {
    let at: usize = 0;
    for (; at + 16 <= line; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < line; at += 4) store<u32>(to + at, load<u32>(from + at));
  }
}

/** out[m, k, c] = values at m, k and c times their steps (in floats; 0 along an axis that is repeated). */
export function broadcast(
  values: usize, out: usize, rows: i32, components: i32, chains: i32,
  rowStep: i32, componentStep: i32, chainStep: i32,
): void {
  const line = (<usize>chains) << 2;
  for (let m = 0; m < rows; m++) {
    for (let k = 0; k < components; k++, out += line) {
      const from = values + ((<usize>(m * rowStep + k * componentStep)) << 2);
      let at: usize = 0;
      if (chainStep == 0) {
        const value = load<f32>(from);
        const four = f32x4.splat(value);
        for (; at + 16 <= line; at += 16) v128.store(out + at, four);
        for (; at < line; at += 4) store<f32>(out + at, value);
      } else {
        for (; at + 16 <= line; at += 16) v128.store(out + at, v128.load(from + at));
        for (; at < line; at += 4) store<u32>(out + at, load<u32>(from + at));
      }
    }
  }
}
