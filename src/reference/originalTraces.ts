// Runs of the original program with all their random numbers (originalTraces.json): a replay with these numbers
// must go through the same states to the last bit.
// Source: EMTD, section 3.3, executed; claim EMTD-3.16.
import { readFileSync } from 'node:fs';
import { parseTraces, type ReferenceTrace } from './trace.js';

/**
 * The logged runs of the original program.
 *
 * @example originalTraces().length; // 18
 */
export const originalTraces = (): ReferenceTrace[] =>
  parseTraces(readFileSync(new URL('./originalTraces.json', import.meta.url), 'utf8'));
