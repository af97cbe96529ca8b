// The report of an interrupted cell, and the place where libraries register callbacks for interrupts.
import { cellError } from '../wire/content.js';

export const interruption = cellError('KeyboardInterrupt', 'the cell was interrupted');

/** The global set of callbacks of libraries that have work in flight. */
export const interruptsSymbol = Symbol.for('Jupyter.interrupts');
