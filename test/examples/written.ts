// What a comment of an example says that an expression gives: a value, as JavaScript writes it, or else text
// as it prints. Numbers hold to the digits that are shown; a number of fewer than three digits is exact.
// `...` stands for what is left out.
import { inspect } from 'node:util';

/** What differs, or undefined. */
export function difference(written: string, value: unknown): string | undefined {
  const given = inspect(value, { depth: 4, breakLength: 140, maxArrayLength: 20, maxStringLength: 400 });
  const reader = new Reader(written);
  const matches = reader.value();
  const isLiteral = matches !== undefined && /^($| = |, |: )/.test(reader.rest);
  const holds = isLiteral
    ? matches(value)
    : agreesAsText(written, inspect(value)) ||
      (typeof value !== 'string' && agreesAsText(written, String(value)));
  return holds ? undefined : `the comment says ${written}\nand it gives ${given}`;
}

type Matches = (value: unknown) => boolean;
interface List {
  readonly length: number;
  readonly [index: number]: unknown;
}
const isList = (value: unknown): value is List =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
const number = /-?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Infinity)(?:\/\d+)?/y;

/** Reads a value off the front of a text. */
class Reader {
  rest: string;
  constructor(text: string) {
    this.rest = text;
  }

  value(): Matches | undefined {
    this.rest = this.rest.trimStart();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
      ['undefined', undefined],
    ] as const) {
      if (this.take(word)) return (given) => given === value;
    }
    if (this.take('[')) return this.list();
    if (this.take('{')) return this.object();
    if (this.rest.startsWith("'")) return this.text();
    return this.number();
  }

  take(text: string): boolean {
    this.rest = this.rest.trimStart();
    const is = this.rest.startsWith(text);
    if (is) this.rest = this.rest.slice(text.length);
    return is;
  }

  pattern(pattern: RegExp): string | undefined {
    pattern.lastIndex = 0;
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.rest = this.rest.slice(found.length);
    return found;
  }

  number(): Matches | undefined {
    const written = this.pattern(number);
    return written === undefined ? undefined : (given) => typeof given === 'number' && agrees(written, given);
  }

  text(): Matches | undefined {
    const written = this.pattern(/'(?:[^'\\]|\\.)*'/y)
      ?.slice(1, -1)
      .replaceAll("\\'", "'");
    return written === undefined
      ? undefined
      : (given) => typeof given === 'string' && withGaps(written).test(given);
  }

  list(): Matches | undefined {
    const entries: Matches[] = [];
    while (!this.take(']')) {
      if (this.take('...'))
        return this.take(']')
          ? (given) =>
              isList(given) && given.length > entries.length && entries.every((is, k) => is(given[k]))
          : undefined;
      const entry = this.value();
      if (!entry || !(this.take(',') || this.rest.trimStart().startsWith(']'))) return undefined;
      entries.push(entry);
    }
    return (given) =>
      isList(given) && given.length === entries.length && entries.every((is, k) => is(given[k]));
  }

  object(): Matches | undefined {
    const entries = new Map<string, Matches>();
    const has: Matches = (given) =>
      typeof given === 'object' &&
      given !== null &&
      [...entries].every(([name, is]) => is((given as Record<string, unknown>)[name]));
    while (!this.take('}')) {
      if (this.take('...')) return this.take('}') ? has : undefined;
      const name = this.pattern(/\w+/y);
      const entry = name !== undefined && this.take(':') ? this.value() : undefined;
      if (!entry || !(this.take(',') || this.rest.trimStart().startsWith('}'))) return undefined;
      entries.set(name!, entry);
    }
    return (given) => has(given) && Object.keys(given as object).length === entries.size;
  }
}

function agrees(written: string, given: number): boolean {
  if (written.includes('/')) {
    const [above, below] = written.split('/').map(Number);
    return isNear(given, above / below);
  }
  const [mantissa, exponent = '0'] = written.split('e');
  const [, decimals] = mantissa.split('.');
  const digits = mantissa.replace(/^-?0?\.?0*|\./g, '').length;
  if (digits < 3) return isNear(given, Number(written));
  return Math.abs(given - Number(written)) <= 0.5001 * 10 ** (Number(exponent) - (decimals ?? '').length);
}

/** But for rounding, that of float32 included. */
const isNear = (given: number, exact: number): boolean =>
  given === exact || Math.abs(given - exact) <= 1e-6 * Math.max(Math.abs(exact), 1e-3);

const withGaps = (written: string): RegExp =>
  new RegExp(
    `^${written
      .split('...')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );

function agreesAsText(written: string, printed: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return withGaps(plain(written)).test(plain(printed));
}
