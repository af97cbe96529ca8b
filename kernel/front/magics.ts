// Magics: lines beginning with `%` before the first line of code. Most are replaced by a line of TypeScript,
// so that line numbers stay; the others say how to run the cell.
import type { Completion } from '../compiler/cellCompiler.js';

/** How to run the cell. */
export interface Directives {
  /** `%time`: say how long it took. */
  time?: true;
  /** `%reset`: forget every variable first. */
  reset?: true;
  /** `%types off`: from this cell on, only the syntax is checked. */
  types?: boolean;
  /** `%names WORDS`: what is asked of the lab's names. */
  names?: string;
  /** `%prelude off`: from this cell on, the lab has to be imported. */
  prelude?: boolean;
}

interface Magic {
  usage: string;
  summary: string;
  /** The meaning of the line; undefined when its argument is wrong. */
  apply(argument: string): { code?: string; directives?: Directives } | undefined;
}

const onOff = (name: 'types' | 'prelude') => (argument: string) =>
  argument === 'on' || argument === 'off' ? { directives: { [name]: argument === 'on' } } : undefined;
const alone = (what: { code?: string; directives?: Directives }) => (argument: string) =>
  argument === '' ? what : undefined;
const lab = "(await import('emtd-lab'))";

export const magics: Readonly<Record<string, Magic>> = {
  backend: {
    usage: '%backend [auto|wasm|cpu|tensorflow]',
    summary: 'the tensor backend: sets it, or says which it is',
    apply(name) {
      if (name === '')
        return { code: `await ${lab}.tensors.ready(); console.log(${lab}.tensors.backendName());` };
      if (!['auto', 'wasm', 'cpu', 'tensorflow'].includes(name)) return undefined;
      return { code: `await ${lab}.setBackend('${name}'); console.log(${lab}.tensors.backendName());` };
    },
  },
  claims: {
    usage: '%claims',
    summary: 'the claims that this session has measured, with their verdicts',
    apply: alone({
      code:
        `{ const checks = ${lab}.claims.sessionChecks(); for (const check of checks) display(check); ` +
        "if (checks.length === 0) console.log('this session has measured no claim'); }",
    }),
  },
  names: {
    usage: '%names WORDS',
    summary: "the lab's names that have these words in them or in their documentation",
    apply: (words) => (words === '' ? undefined : { directives: { names: words } }),
  },
  prelude: {
    usage: '%prelude on|off',
    summary: "whether the lab's names need no import",
    apply: onOff('prelude'),
  },
  reset: {
    usage: '%reset',
    summary: 'forgets every variable, and runs the cell in a fresh process',
    apply: alone({ directives: { reset: true } }),
  },
  seed: {
    usage: '%seed SEED',
    summary: 'the seed of samplings that name none',
    apply(seed) {
      if (seed === '') return undefined;
      return { code: `${lab}.setDefaultSeed(${/^\d+$/.test(seed) ? Number(seed) : JSON.stringify(seed)});` };
    },
  },
  time: {
    usage: '%time',
    summary: 'says how long the cell took',
    apply: alone({ directives: { time: true } }),
  },
  types: { usage: '%types on|off', summary: 'whether type errors stop a cell', apply: onOff('types') },
};

/** A line that begins with `%` and is not a valid magic. */
export class BadMagic extends Error {
  override readonly name = 'BadMagic';
}

/**
 * The cell with each magic replaced by its code.
 * @throws BadMagic
 */
export function expandMagics(cell: string): { code: string; directives: Directives } {
  const lines = cell.split('\n');
  let directives: Directives = {};
  for (const i of magicLines(lines)) {
    const [, name = '', argument = ''] = /^%\s*(\S*)\s*(.*?)\s*;?\s*$/.exec(lines[i]!)!;
    const magic = Object.hasOwn(magics, name) ? magics[name] : undefined;
    const applied = magic?.apply(argument);
    if (!applied) {
      throw new BadMagic(
        magic
          ? `%${name}: use it as ${magic.usage}`
          : `%${name} is not a magic; the magics are:\n${magicsText()}`,
      );
    }
    directives = { ...directives, ...applied.directives };
    lines[i] = applied.code ?? '';
  }
  return { code: lines.join('\n'), directives };
}

export function hasGoodMagics(cell: string): boolean {
  try {
    expandMagics(cell);
    return true;
  } catch (error) {
    if (error instanceof BadMagic) return false;
    throw error;
  }
}

/** The cell with its magics as spaces: every position of the code stays. */
export function withoutMagics(cell: string): string {
  const lines = cell.split('\n');
  for (const i of magicLines(lines)) lines[i] = ' '.repeat(lines[i]!.length);
  return lines.join('\n');
}

/** Completions of the magic at the position; undefined where there is none. */
export function completeMagic(cell: string, position: number): Completion | undefined {
  const lines = cell.slice(0, position).split('\n');
  const typed = lines.at(-1)!;
  if (!typed.startsWith('%') || !magicLines(lines).includes(lines.length - 1)) return undefined;
  const names = Object.keys(magics)
    .map((name) => `%${name}`)
    .filter((name) => name.startsWith(typed));
  return {
    start: position - typed.length,
    end: position,
    matches: names.map((text) => ({ text, type: 'magic' })),
  };
}

/** Help on the magics, one line each. */
function magicsText(): string {
  const width = Math.max(...Object.values(magics).map(({ usage }) => usage.length));
  return Object.values(magics)
    .map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`)
    .join('\n');
}

/** Only blank lines and comments may stand before a magic: `%` after code is the remainder. */
function magicLines(lines: readonly string[]): number[] {
  const found: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('%')) found.push(i);
    else if (!/^\s*(\/\/.*)?$/.test(line)) break;
  }
  return found;
}
