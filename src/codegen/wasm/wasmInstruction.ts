// WebAssembly instructions as trees, with two ways to write them: bytes for the machine, the text format for
// people. Source: WebAssembly Core Specification 2.0 with threads, sections 5.4 (binary) and 6.5 (text).

export interface Tree {
  readonly name: Name;
  readonly operands: readonly Tree[];
  readonly immediates: readonly number[];
}

/**
 * Kinds of immediates: a local, an integer, four words of a constant, an offset, an offset and a lane, four
 * lanes.
 */
type Kind = 'none' | 'local' | 'i32' | 'v128' | 'memory' | 'memory lane' | 'lanes';

const row = (kind: Kind, code: readonly number[], align = 0) => ({ kind, code, align });
const simd = (code: number): number[] => [0xfd, ...unsigned(code)];
const plain = (code: number) => row('none', [code]);
const lanes = (code: number) => row('none', simd(code));

export const INSTRUCTIONS = {
  'local.get': row('local', [0x20]),
  'local.set': row('local', [0x21]),
  'i32.const': row('i32', [0x41]),
  'i32.load': row('memory', [0x28], 2),
  'i32.store': row('memory', [0x36], 2),
  'i32.eqz': plain(0x45),
  'i32.eq': plain(0x46),
  'i32.lt_u': plain(0x49),
  'i32.le_u': plain(0x4d),
  'i32.add': plain(0x6a),
  'i32.sub': plain(0x6b),
  'i32.mul': plain(0x6c),
  'i32.div_u': plain(0x6e),
  'i32.and': plain(0x71),
  'i32.or': plain(0x72),
  'i32.xor': plain(0x73),
  'i32.shl': plain(0x74),
  'i32.shr_s': plain(0x75),
  'i32.shr_u': plain(0x76),
  select: plain(0x1b),
  'v128.load': row('memory', simd(0x00), 2),
  'v128.load32_splat': row('memory', simd(0x09), 2),
  'v128.load32_zero': row('memory', simd(0x5c), 2),
  'v128.load64_zero': row('memory', simd(0x5d), 2),
  'v128.load32_lane': row('memory lane', simd(0x56), 2),
  'v128.load64_lane': row('memory lane', simd(0x57), 2),
  'v128.store': row('memory', simd(0x0b), 2),
  'v128.store32_lane': row('memory lane', simd(0x5a), 2),
  'v128.store64_lane': row('memory lane', simd(0x5b), 2),
  'v128.const': row('v128', simd(0x0c)),
  'i8x16.shuffle': row('lanes', simd(0x0d)),
  'i32x4.splat': lanes(0x11),
  'i32x4.eq': lanes(0x37),
  'i32x4.lt_s': lanes(0x39),
  'i32x4.le_s': lanes(0x3d),
  'f32x4.eq': lanes(0x41),
  'f32x4.lt': lanes(0x43),
  'f32x4.le': lanes(0x45),
  'v128.not': lanes(0x4d),
  'v128.and': lanes(0x4e),
  'v128.andnot': lanes(0x4f),
  'v128.or': lanes(0x50),
  'v128.xor': lanes(0x51),
  'v128.bitselect': lanes(0x52),
  'v128.any_true': lanes(0x53),
  'f64x2.promote_low_f32x4': lanes(0x5f),
  'f32x4.demote_f64x2_zero': lanes(0x5e),
  'f64x2.eq': lanes(0x47),
  'f64x2.lt': lanes(0x49),
  'f64x2.le': lanes(0x4c),
  'f64x2.abs': lanes(0xec),
  'f64x2.neg': lanes(0xed),
  'f64x2.sqrt': lanes(0xef),
  'f64x2.add': lanes(0xf0),
  'f64x2.sub': lanes(0xf1),
  'f64x2.mul': lanes(0xf2),
  'f64x2.div': lanes(0xf3),
  'f64x2.min': lanes(0xf4),
  'f64x2.max': lanes(0xf5),
  'f32x4.floor': lanes(0x68),
  'f32x4.nearest': lanes(0x6a),
  'f32x4.abs': lanes(0xe0),
  'f32x4.neg': lanes(0xe1),
  'f32x4.sqrt': lanes(0xe3),
  'f32x4.add': lanes(0xe4),
  'f32x4.sub': lanes(0xe5),
  'f32x4.mul': lanes(0xe6),
  'f32x4.div': lanes(0xe7),
  'f32x4.min': lanes(0xe8),
  'f32x4.max': lanes(0xe9),
  'f32x4.pmin': lanes(0xea),
  'f32x4.pmax': lanes(0xeb),
  'f32x4.convert_i32x4_s': lanes(0xfa),
  'f32x4.convert_i32x4_u': lanes(0xfb),
  'i32x4.trunc_sat_f32x4_s': lanes(0xf8),
  'i32x4.neg': lanes(0xa1),
  'i32x4.shl': lanes(0xab),
  'i32x4.shr_s': lanes(0xac),
  'i32x4.shr_u': lanes(0xad),
  'i32x4.add': lanes(0xae),
  'i32x4.sub': lanes(0xb1),
  'i32x4.mul': lanes(0xb5),
  'i64x2.extmul_low_i32x4_u': lanes(0xde),
  'i64x2.extmul_high_i32x4_u': lanes(0xdf),
} as const;
export type Name = keyof typeof INSTRUCTIONS;

export const tree = (name: Name, operands: readonly Tree[] = [], ...immediates: readonly number[]): Tree => ({
  name,
  operands,
  immediates,
});

/** Appends the instruction's bytes, operands first. */
export function encode({ name, operands, immediates }: Tree, out: number[]): void {
  for (const operand of operands) encode(operand, out);
  const { kind, code, align } = INSTRUCTIONS[name];
  out.push(...code);
  switch (kind) {
    case 'none':
      return;
    case 'local':
      out.push(...unsigned(immediates[0]));
      return;
    case 'i32':
      out.push(...signed(immediates[0]));
      return;
    case 'memory':
      out.push(align, ...unsigned(immediates[0]));
      return;
    case 'memory lane':
      out.push(align, ...unsigned(immediates[0]), immediates[1]);
      return;
    case 'v128':
      out.push(...new Uint8Array(Int32Array.from(immediates.slice(0, 4)).buffer));
      return;
    case 'lanes':
      out.push(...bytesOf(immediates));
  }
}

/** The bytes of these lanes of four bytes each. */
const bytesOf = (lanes: readonly number[]): number[] =>
  lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));

/** The instruction in the folded text format. */
export function text({ name, operands, immediates }: Tree, localName: (index: number) => string): string {
  const inner = operands.map((operand) => ` ${text(operand, localName)}`).join('');
  return `(${name}${immediateText(name, immediates, localName)}${inner})`;
}

function immediateText(
  name: Name,
  immediates: readonly number[],
  localName: (index: number) => string,
): string {
  switch (INSTRUCTIONS[name].kind) {
    case 'none':
      return '';
    case 'local':
      return ` ${localName(immediates[0])}`;
    case 'memory':
      return immediates[0] === 0 ? '' : ` offset=${immediates[0]}`;
    case 'memory lane':
      return `${immediates[0] === 0 ? '' : ` offset=${immediates[0]}`} ${immediates[1]}`;
    case 'v128':
      return constantText(immediates);
    case 'lanes':
      return ` ${bytesOf(immediates).join(' ')}`;
    case 'i32':
      return ` ${immediates[0]}`;
  }
}

/** Lanes of a constant; a fifth number says that they are floats. */
function constantText([a, b, c, d, isFloat]: readonly number[]): string {
  const words = Int32Array.of(a, b, c, d);
  const floats = [...new Float32Array(words.buffer)];
  const shown = isFloat
    ? floats.map((x) => String(Number(x.toPrecision(9))))
    : [...words].map((word) => `0x${(word >>> 0).toString(16)}`);
  return ` ${isFloat ? 'f32x4' : 'i32x4'} ${shown
    .join(' ')
    .replace(/Infinity/g, 'inf')
    .replace(/NaN/g, 'nan')}`;
}

/** LEB128 of an unsigned and of a signed 32-bit integer. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (value >>>= 0; value >= 0x80; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (value |= 0; value < -0x40 || value >= 0x40; value >>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value & 0x7f];
}
