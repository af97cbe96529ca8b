// `Math.sqrt?` as a cell: the type and the documentation of a name, in the front end's pager.
import type { Json } from '../wire/message.js';

/** The name that the cell asks for, if it is such a question. */
export function helpQuestion(cell: string): string | undefined {
  return /^\s*([\p{ID_Start}$_][\p{ID_Continue}$.]*)\?\s*$/u.exec(cell)?.[1];
}

/** Of execute_reply. */
export const pagePayload = (text: string): Json => ({ source: 'page', data: { 'text/plain': text }, start: 0 });
