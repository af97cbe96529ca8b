// Parts of message content that several rooms use.
import type { Json } from './message.js';

export interface MimeBundle {
  data: Json;
  metadata: Json;
}

/** An error as Jupyter carries it. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

export const cellError = (ename: string, evalue: string): CellError => ({
  ename,
  evalue,
  traceback: [`${ename}: ${evalue}`],
});

/** What came of a cell that has failed. */
export type Failed = { status: 'error' } & CellError;
