// A WebAssembly module that imports one memory and exports some entries, as bytes and as text.
// Source: WebAssembly Core Specification 2.0, section 5.5, with the threads proposal's shared memory.
import { PARAMETERS, type Item, type WasmFunction } from './wasmFunction.js';
import { encode, text, unsigned, type Tree } from './wasmInstruction.js';

export interface Entry extends WasmFunction {
  readonly name: string;
}

/** Largest memory of 32-bit addresses, in pages of 64 KiB. */
const PAGES = 65536;
const [I32, V128] = [0x7f, 0x7b];

/** `shared` must be as in the memory that is imported. */
export function wasmBytes(entries: readonly Entry[], shared: boolean): Uint8Array<ArrayBuffer> {
  const type = [0x60, ...vector(PARAMETERS.map(() => [I32])), ...vector([[I32]])];
  const memory = [
    ...name('env'),
    ...name('memory'),
    0x02,
    ...(shared ? [0x03, 1, ...unsigned(PAGES)] : [0x00, 1]),
  ];
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    0x01,
    0x00,
    0x00,
    0x00,
    ...section(1, vector([type])),
    ...section(2, vector([memory])),
    ...section(3, vector(entries.map(() => [0]))),
    ...section(7, vector(entries.map((entry, k) => [...name(entry.name), 0x00, k]))),
    ...section(10, vector(entries.map(body))),
  ]);
}

const vector = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
const name = (value: string): number[] => vector([...new TextEncoder().encode(value)].map((byte) => [byte]));

function body({ items, locals }: Entry): number[] {
  const groups = locals.map(({ type }) => [1, type === 'v128' ? V128 : I32]);
  const out: number[] = [...vector(groups)];
  for (const item of items) encodeItem(item, out);
  out.push(0x0b);
  return [...unsigned(out.length), ...out];
}

function encodeItem(item: Item, out: number[]): void {
  if (!('control' in item)) return encode(item, out);
  const inside = (items: readonly Item[]): void => items.forEach((each) => encodeItem(each, out));
  if (item.control === 'loop') {
    out.push(0x03, 0x40);
    inside(item.body);
    encode(item.branch, out);
    out.push(0x0d, 0x00, 0x0b);
  } else {
    encode(item.condition, out);
    out.push(0x04, 0x40);
    inside(item.body);
    if (item.otherwise.length > 0) {
      out.push(0x05);
      inside(item.otherwise);
    }
    out.push(0x0b);
  }
}

/** The module in the text format, which wabt, binaryen and browsers' developer tools read. */
export function wasmText(entries: readonly Entry[], fields: readonly string[]): string {
  const functions = entries.map(({ name, items, locals }) => {
    const local = (k: number): string => `$${PARAMETERS[k] ?? locals[k - PARAMETERS.length].name}`;
    const parameters = PARAMETERS.map((each) => `(param $${each} i32)`).join(' ');
    return [
      `  (func (export "${name}") ${parameters} (result i32)`,
      ...locals.map(({ name: each, type }) => `    (local $${each} ${type})`),
      ...items.flatMap((item) => lines(item, local, '    ')),
      '  )',
    ].join('\n');
  });
  const job = fields.map((field, k) => `+${8 * k} ${field}`).join(', ');
  return `(module\n  ;; a job holds ${job}\n  (import "env" "memory" (memory 1))\n${functions.join('\n')}\n)\n`;
}

function lines(item: Item, local: (k: number) => string, indent: string): string[] {
  const write = (each: Tree): string => text(each, local);
  const inside = (items: readonly Item[], by: string): string[] =>
    items.flatMap((each) => lines(each, local, indent + by));
  if (!('control' in item)) return [indent + write(item)];
  if (item.control === 'loop') {
    return [
      `${indent}(loop $again`,
      ...inside(item.body, '  '),
      `${indent}  (br_if $again ${write(item.branch)})`,
      `${indent})`,
    ];
  }
  const otherwise =
    item.otherwise.length > 0 ? [`${indent}  (else`, ...inside(item.otherwise, '    '), `${indent}  )`] : [];
  return [
    `${indent}(if ${write(item.condition)}`,
    `${indent}  (then`,
    ...inside(item.body, '    '),
    `${indent}  )`,
    ...otherwise,
    `${indent})`,
  ];
}
