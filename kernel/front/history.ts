// The inputs of this session with their text results, as history_request asks for them.
import type { Json } from '../wire/message.js';

export interface HistoryEntry {
  line: number;
  input: string;
  /** Its text result, once there is one. */
  output: string | null;
}

/** The current session's number in replies; there is no history on disk. */
const session = 0;

export class History {
  readonly #entries: HistoryEntry[] = [];

  add(line: number, input: string): HistoryEntry {
    const entry = { line, input, output: null };
    this.#entries.push(entry);
    return entry;
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** The `history` field of the reply: [session, line, input] or [session, line, [input, output]]. */
  answer(request: Json): unknown[] {
    const withOutput = request['output'] === true;
    return this.#select(request).map(({ line, input, output }) => [
      session,
      line,
      withOutput ? [input, output] : input,
    ]);
  }

  #select(request: Json): HistoryEntry[] {
    const n = typeof request['n'] === 'number' && request['n'] > 0 ? request['n'] : Infinity; // how many from the end
    switch (request['hist_access_type']) {
      case 'range': {
        if (Number(request['session'] ?? session) !== session) return [];
        const start = Number(request['start'] ?? 0);
        const stop = Number(request['stop'] ?? Infinity) || Infinity;
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      }
      case 'search': {
        const pattern = String(request['pattern'] ?? '*');
        const found = this.#entries.filter(({ input }) => matches(input, pattern));
        const isLast = ({ input }: HistoryEntry, i: number): boolean =>
          found.findLastIndex((entry) => entry.input === input) === i;
        return (request['unique'] === true ? found.filter(isLast) : found).slice(-n);
      }
      default:
        return this.#entries.slice(-n);
    }
  }
}

/**
 * Shell wildcards: `*` any text, `?` any character. Where the text differs, only the last star takes one
 * character more: an earlier star could not do better. Time: length of the text times the longest run between
 * two stars.
 */
export function matches(text: string, glob: string): boolean {
  let [at, wanted] = [0, 0];
  let star: { at: number; next: number } | undefined;
  while (at < text.length) {
    if (glob[wanted] === '*') star = { at, next: ++wanted };
    else if (wanted < glob.length && (glob[wanted] === '?' || glob[wanted] === text[at]))
      [at, wanted] = [at + 1, wanted + 1];
    else if (star) [at, wanted] = [++star.at, star.next];
    else return false;
  }
  return /^\**$/.test(glob.slice(wanted));
}
