// Requests of front ends about a cell while the user types: Tab, Shift-Tab, and whether a console may run it.
import { toCodePoints, toUnits } from '../wire/codePoints.js';
import type { Json, Message } from '../wire/message.js';
import { helpQuestion } from './help.js';
import { completeMagic, hasGoodMagics, withoutMagics } from './magics.js';
import type { RemoteCompiler } from './remoteCompiler.js';

/** The content of the reply to a request. */
export type Answer = (content: Json, request: Message) => Promise<Json> | Json;

export const languageAnswers = (compiler: RemoteCompiler): Record<string, Answer> => ({
  complete_request: async (content) => {
    const code = String(content['code']);
    const position = cursor(content);
    const { start, end, matches } =
      completeMagic(code, position) ?? (await compiler.ask('complete', withoutMagics(code), position));
    const [from, to] = [toCodePoints(code, start), toCodePoints(code, end)];
    const metadata = {
      _jupyter_types_experimental: matches.map((match) => ({ ...match, start: from, end: to })),
    };
    return {
      status: 'ok',
      matches: matches.map(({ text }) => text),
      cursor_start: from,
      cursor_end: to,
      metadata,
    };
  },
  inspect_request: async (content) => {
    const text = await compiler.ask('inspect', withoutMagics(String(content['code'])), cursor(content));
    const data = text === undefined ? {} : { 'text/plain': text };
    return { status: 'ok', found: text !== undefined, data, metadata: {} };
  },
  is_complete_request: async ({ code }) => {
    const cell = String(code);
    if (helpQuestion(cell) !== undefined) return { status: 'complete' };
    if (!hasGoodMagics(cell)) return { status: 'unknown' };
    return { ...(await compiler.ask('isComplete', withoutMagics(cell))) };
  },
});

/** Front ends count in code points; without a position they mean the end. */
function cursor(content: Json): number {
  const code = String(content['code']);
  const position = content['cursor_pos'];
  return typeof position === 'number' ? toUnits(code, position) : code.length;
}
