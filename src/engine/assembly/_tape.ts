// Runs a tape on all rows and chains: an interpreter of the code that ../microcode.ts writes. Every
// instruction works on a block of up to 256 points (row, chain) at a time, so that one pass over memory does
// the whole tape and the cost of interpretation is shared by the block.
import { exp, log, sine, tanh } from './_functions';

/** Points in a block. */
// @ts-ignore: decorator
@inline
const BLOCK: i32 = 256;
// @ts-ignore: decorator
@inline
const REGISTER: usize = 1024; // bytes of a block

/**
 * @param code instructions of four int32: operation, target, first and second argument; registers by number.
 *        The constants stand before `body`; their registers are filled once
 * @param inputs of each: address; bytes from row to row, component to component, chain to chain; address of
 *        the row numbers, or 0 where row m is the m-th
 * @param outputs of each: address; bytes from row to row, component to component
 * @param registers room for all of them
 */
export function runTape(
  code: usize, body: usize, end: usize, inputs: usize, outputs: usize, registers: usize, rows: i32, chains: i32,
): void {
  runBlock(code, body, inputs, outputs, registers, 0, BLOCK, 0, 1);
  const chainsAtOnce = min(chains, BLOCK);
  const rowsAtOnce = BLOCK / chainsAtOnce;
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const someRows = min(rowsAtOnce, rows - row);
    for (let chain = 0; chain < chains; chain += chainsAtOnce) {
      runBlock(body, end, inputs, outputs, registers, row, someRows, chain, min(chainsAtOnce, chains - chain));
    }
  }
}

function runBlock(
  code: usize, end: usize, inputs: usize, outputs: usize, registers: usize,
  row: i32, rows: i32, chain: i32, chains: i32,
): void {
  const bytes = ((<usize>(rows * chains) + 3) & ~3) << 2;
  for (; code < end; code += 16) {
    const operation = load<i32>(code);
    const target = load<i32>(code, 4);
    const first = load<i32>(code, 8);
    const second = load<i32>(code, 12);
    const x = registers + <usize>first * REGISTER;
    const y = registers + <usize>second * REGISTER;
    const to = registers + <usize>target * REGISTER;
    switch (operation) {
      case 0: // constant, by its bits
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, i32x4.splat(first));
        break;
      case 1: // component `second` of input `first`
        readBlock(to, inputs + <usize>first * 20, second, row, rows, chain, chains);
        break;
      case 2: // to component `second` of output `target`
        writeBlock(x, outputs + <usize>target * 12, second, row, rows, chain, chains);
        break;
      case 3:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
        break;
      case 4:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.sub(v128.load(x + i), v128.load(y + i)));
        break;
      case 5:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.mul(v128.load(x + i), v128.load(y + i)));
        break;
      case 6:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.div(v128.load(x + i), v128.load(y + i)));
        break;
      case 7:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.max(v128.load(x + i), v128.load(y + i)));
        break;
      case 8:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.min(v128.load(x + i), v128.load(y + i)));
        break;
      case 9: // x < y
        for (let i: usize = 0; i < bytes; i += 16) {
          v128.store(to + i, v128.and(f32x4.lt(v128.load(x + i), v128.load(y + i)), f32x4.splat(1)));
        }
        break;
      case 10:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.neg(v128.load(x + i)));
        break;
      case 11:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, exp(v128.load(x + i)));
        break;
      case 12:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, log(v128.load(x + i)));
        break;
      case 13:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.sqrt(v128.load(x + i)));
        break;
      case 14:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, sine(v128.load(x + i), 0));
        break;
      case 15:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, sine(v128.load(x + i), 1));
        break;
      case 16:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, tanh(v128.load(x + i)));
        break;
      case 17:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.abs(v128.load(x + i)));
        break;
      case 18:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, sign(v128.load(x + i)));
        break;
      case 19:
        for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, xlogx(v128.load(x + i)));
        break;
      default:
        unreachable();
    }
  }
}

/** -1, 0, 1; zeros and NaN stay what they are. */
// @ts-ignore: decorator
@inline
function sign(x: v128): v128 {
  const unit = v128.or(v128.and(x, i32x4.splat(0x80000000)), f32x4.splat(1));
  return v128.bitselect(unit, x, f32x4.gt(f32x4.abs(x), f32x4.splat(0)));
}

/** x ln x, 0 at 0. */
// @ts-ignore: decorator
@inline
function xlogx(x: v128): v128 {
  return v128.andnot(f32x4.mul(x, log(x)), f32x4.eq(x, f32x4.splat(0)));
}

function readBlock(to: usize, input: usize, component: i32, row: i32, rows: i32, chain: i32, chains: i32): void {
  const rowStep = <usize>load<i32>(input, 4);
  const chainStep = load<i32>(input, 12);
  const index = load<usize>(input, 16);
  const from = load<usize>(input) + <usize>(component * load<i32>(input, 8) + chain * chainStep);
  if (chains == 1) return readColumn(to, from, rowStep, index, row, rows);
  const line = (<usize>chains) << 2;
  for (let m = row; m < row + rows; m++, to += line) {
    const at = from + <usize>(index == 0 ? m : load<i32>(index + ((<usize>m) << 2))) * rowStep;
    if (chainStep == 0) fillLine(to, load<f32>(at), line);
    else copyLine(to, at, line);
  }
}

/** One number a row. */
function readColumn(to: usize, from: usize, rowStep: usize, index: usize, row: i32, rows: i32): void {
  const end = to + ((<usize>rows) << 2);
  if (index != 0) {
    for (index += (<usize>row) << 2; to + 16 <= end; to += 16, index += 16) {
      let four = v128.load32_zero(from + <usize>load<u32>(index) * rowStep);
      four = v128.load32_lane(from + <usize>load<u32>(index, 4) * rowStep, four, 1);
      four = v128.load32_lane(from + <usize>load<u32>(index, 8) * rowStep, four, 2);
      v128.store(to, v128.load32_lane(from + <usize>load<u32>(index, 12) * rowStep, four, 3));
    }
    for (; to < end; to += 4, index += 4) store<f32>(to, load<f32>(from + <usize>load<u32>(index) * rowStep));
    return;
  }
  from += <usize>row * rowStep;
  if (rowStep == 0) fillLine(to, load<f32>(from), end - to);
  else if (rowStep == 4) copyLine(to, from, end - to);
  else for (; to < end; to += 4, from += rowStep) store<f32>(to, load<f32>(from));
}

function writeBlock(x: usize, output: usize, component: i32, row: i32, rows: i32, chain: i32, chains: i32): void {
  const rowStep = <usize>load<i32>(output, 4);
  const line = (<usize>chains) << 2;
  let to = load<usize>(output) + <usize>row * rowStep + <usize>(component * load<i32>(output, 8)) + ((<usize>chain) << 2);
  if (chains == 1) {
    const end = x + ((<usize>rows) << 2);
    if (rowStep == 4) copyLine(to, x, end - x);
    else for (; x < end; x += 4, to += rowStep) store<f32>(to, load<f32>(x));
  } else {
    for (let m = 0; m < rows; m++, x += line, to += rowStep) copyLine(to, x, line);
  }
}

// @ts-ignore: decorator
@inline
function copyLine(to: usize, from: usize, line: usize): void {
  let at: usize = 0;
  for (; at + 16 <= line; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < line; at += 4) store<u32>(to + at, load<u32>(from + at));
}

// @ts-ignore: decorator
@inline
function fillLine(to: usize, value: f32, line: usize): void {
  let at: usize = 0;
  for (; at + 16 <= line; at += 16) v128.store(to + at, f32x4.splat(value));
  for (; at < line; at += 4) store<f32>(to + at, value);
}
