// `Math.sqrt?` or `?Math.sqrt` as a cell: the type and the documentation of a name, in the front end's pager.
import type { Json } from '../wire/message.js';

/** The name that the cell asks for, if it is such a question: `x?`, `x??`, `?x`, `??x`. */
export function helpQuestion(cell: string): string | undefined {
  const [, before, name, after] =
    /^\s*(\?{0,2})([\p{ID_Start}$_][\p{ID_Continue}$.]*)(\?{0,2})\s*$/u.exec(cell) ?? [];
  return (before === '') === (after === '') ? undefined : name;
}

/** The page payload of an execute_reply. */
export const pagePayload = (text: string): Json => ({
  source: 'page',
  data: { 'text/plain': text },
  start: 0,
});
