// Wrong inputs from right ones: of a text or of bytes some letters are turned, cut or repeated; of a value
// some parts are replaced by others, lost, doubled or renamed. All of a seed.
import { uniformGenerator } from '../../src/randomness/index.js';

export type Draw = () => number;

/** The generator of one input, so that each can be made again alone. */
export const drawOf = (reader: string, seed: string, at: number): Draw =>
  uniformGenerator(seed, `${reader} ${at}`);

export const below = (draw: Draw, n: number): number => Math.min(n - 1, Math.floor(draw() * n));
export const pick = <T>(draw: Draw, list: readonly T[]): T => list[below(draw, list.length)];

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  'name',
  '',
  '0',
  '-1',
  'x',
];

const words = [
  ...names,
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '[[[[',
  ',',
  ':',
  '\n',
  '\r\n',
  '\0',
  '\uFEFF',
  '\uD800',
  '1e999',
  '-1',
  '99999999999999999999',
  'null',
  'NaN',
  '"__proto__":',
  '<',
  '>',
  '&',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '<![CDATA[',
  '&a;',
  '../../../evil',
  '/etc/passwd',
  'data:,',
  '=cmd()',
  ';',
  '\t',
  '1e308',
  '0x10',
  '  ',
];

/** A value nested so many times. */
function deep(depth: number, inner: unknown, asObject: boolean): unknown {
  let value = inner;
  for (let k = 0; k < depth; k++) value = asObject ? { a: value } : [value];
  return value;
}

const values: readonly ((draw: Draw) => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -0,
  () => -1,
  () => 0.5,
  () => 1e308,
  () => -1e308,
  () => 2 ** 31,
  () => 2 ** 32,
  () => 2 ** 53,
  () => 1e21,
  () => 5e-324,
  () => '',
  () => 'x',
  (draw) => pick(draw, words),
  () => '9'.repeat(400),
  () => 'a'.repeat(20_000),
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => ({ length: 1e9 }),
  () => ({ length: -1, 0: 1 }),
  () => ({ toString: 1, valueOf: 1 }),
  () => ({ toJSON: 1 }),
  () => JSON.parse('{"then":1}') as unknown,
  () => JSON.parse('{"__proto__":{"polluted":1}}') as unknown,
  () => ({ constructor: { prototype: { polluted: 1 } } }),
  (draw) => deep(pick(draw, [10, 200, 3000, 20_000]), 0, draw() < 0.5),
  (draw) => Array.from({ length: pick(draw, [3, 300, 20_000]) }, () => 1),
];

/** Values that JSON does not have, for readers of objects. */
const others: readonly (() => unknown)[] = [
  () => NaN,
  () => Infinity,
  () => undefined,
  () => () => 1,
  () => Symbol('x'),
  () => 10n,
  () => new Float32Array(3),
  () => new Float64Array(0),
  () => new Uint8Array(7),
  () => new Map(),
  () => new Date(NaN),
  () => new Proxy({}, {}),
  () => Object.create(null) as unknown,
  () => new Array(5),
  () => new String('x'),
];

type Holder = Record<string, unknown> | unknown[];

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Map);

/** A copy of plain objects and lists, of the rest the thing itself. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  if (!isHolder(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
}

/** A part of the value at random: what holds it, and its name there. */
function place(draw: Draw, root: Holder): [Holder, string] {
  let holder = root;
  for (;;) {
    const keys = Object.keys(holder);
    if (keys.length === 0) return [holder, pick(draw, names)];
    const name = pick(draw, keys);
    const inside = own(holder, name);
    if (!isHolder(inside) || draw() < 0.25) return [holder, name];
    holder = inside;
  }
}

/** Not what it inherits: a change of that would change it for all. */
const own = (holder: Holder, name: string): unknown =>
  Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;

function set(holder: Holder, name: string, value: unknown): void {
  if (Array.isArray(holder) && !/^\d+$/.test(name)) return void holder.push(value);
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

/** The value with one to four parts changed. @param isJson whether it must stay one that JSON can hold */
export function changedValue(draw: Draw, right: unknown, isJson: boolean): unknown {
  const root = { root: copy(right) };
  try {
    change(draw, root, isJson);
  } catch {
    // what cannot be changed so, such as the letters of a text object, stays
  }
  return root.root;
}

function change(draw: Draw, root: { root: unknown }, isJson: boolean): void {
  for (let k = 1 + below(draw, draw() < 0.7 ? 1 : 4); k > 0; k--) {
    const [holder, name] = place(draw, root);
    const now = own(holder, name);
    const how = draw();
    if (how < 0.5)
      set(holder, name, !isJson && draw() < 0.4 ? pick(draw, others)() : pick(draw, values)(draw));
    else if (how < 0.6) delete (holder as Record<string, unknown>)[name];
    else if (how < 0.68) set(holder, pick(draw, names), now);
    else if (how < 0.76 && Array.isArray(now))
      now.splice(
        below(draw, now.length + 1),
        below(draw, 3),
        ...(draw() < 0.5 ? [pick(draw, values)(draw)] : []),
      );
    else if (how < 0.84) set(holder, name, partOf(place(draw, root)));
    else if (typeof now === 'number')
      set(holder, name, pick(draw, [-now, now + 1, now * 1e9, now + 0.5, String(now), [now]]));
    else if (typeof now === 'string') set(holder, name, changedText(draw, now));
    else if (ArrayBuffer.isView(now)) set(holder, name, changedNumbers(draw, now as Float64Array));
    else set(holder, name, [now]);
  }
}

const partOf = ([holder, name]: [Holder, string]): unknown => copy(own(holder, name));

function changedNumbers(draw: Draw, numbers: Float64Array): Float64Array {
  if (draw() < 0.4) return numbers.slice(0, below(draw, numbers.length + 1));
  const next = numbers.slice();
  if (next.length > 0) next[below(draw, next.length)] = pick(draw, [NaN, Infinity, -1, 0.5, 1e300, 7]);
  return next;
}

/** The text with some letters turned, cut, repeated, or words put in. */
export function changedText(draw: Draw, right: string): string {
  let text = right;
  for (let k = 1 + below(draw, 4); k > 0; k--) {
    const at = below(draw, text.length + 1);
    const to = Math.min(text.length, at + below(draw, 40));
    const how = draw();
    if (how < 0.3)
      text = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ (1 << below(draw, 7)))}${text.slice(at + 1)}`;
    else if (how < 0.45) text = text.slice(0, at) + text.slice(to);
    else if (how < 0.55) text = text.slice(0, at);
    else if (how < 0.65)
      text = text.slice(0, to) + text.slice(at, to).repeat(1 + below(draw, 5)) + text.slice(to);
    else if (how < 0.97) text = text.slice(0, at) + pick(draw, words) + text.slice(at);
    else text = text.slice(0, at) + pick(draw, ['[', '{"a":', '<a>', '"']).repeat(20_000) + text.slice(at);
  }
  return text;
}

/** The bytes with some bits turned, cut, repeated or set. */
export function changedBytes(draw: Draw, right: Uint8Array): Uint8Array {
  let bytes = Uint8Array.from(right);
  for (let k = 1 + below(draw, 4); k > 0; k--) {
    const at = below(draw, bytes.length + 1);
    const to = Math.min(bytes.length, at + below(draw, 20));
    const how = draw();
    if (how < 0.5 && at < bytes.length) bytes[at] ^= 1 << below(draw, 8);
    else if (how < 0.65) bytes = bytes.slice(0, at);
    else if (how < 0.75) bytes = Uint8Array.of(...bytes.slice(0, at), ...bytes.slice(to));
    else if (how < 0.85 && bytes.length < 20_000)
      bytes = Uint8Array.of(...bytes.slice(0, to), ...bytes.slice(at, to), ...bytes.slice(to));
    else bytes.fill(pick(draw, [0, 0x7f, 0x80, 0x9f, 0xbf, 0xff]), at, to);
  }
  return bytes;
}
