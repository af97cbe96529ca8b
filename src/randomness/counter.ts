// The Philox counter of a random number says what the number is for; every engine uses this layout:
//   c0 = step, low 32 bits      c1 = node      c2 = lane >> 2      c3 = purpose << 24 | step, high 24 bits
// with lane = component * chains + chain. The four words of a block serve lanes 4 c2 ... 4 c2 + 3.
import { requireInteger } from '../numerics/check.js';
import type { Key } from './key.js';
import { philoxBlock } from './philox.js';

/**
 * The purpose of random numbers (8 bits). Numbers for different purposes never share a counter.
 *
 * @example
 * const draw = { step: 0, purpose: randomness.Purpose.proposal, nodes: 1, lanes: 2 };
 * randomness.uniforms(new Float64Array(2), randomness.randomKey(7), draw); // [0.4458, 0.1687]
 */
export const Purpose = {
  noise: 0,
  initial: 1,
  proposal: 2,
  acceptance: 3,
  order: 4,
  sequence: 5,
  exchange: 6,
  resample: 7,
  batch: 8,
} as const;

/** The random numbers of one step and purpose: an array [nodes, lanes]. */
export interface Draw {
  /** Time step, an integer in [0, 2^53). */
  readonly step: number;
  /** One of {@link Purpose}, or another integer below 256. */
  readonly purpose: number;
  readonly nodes: number;
  /** components x chains. */
  readonly lanes: number;
  /** The first node, to fill only a part of the array; 0 by default. */
  readonly firstNode?: number;
}

/** c0 and c3, the words of the counter that are the same for a whole step. */
export const stepWords = (step: number, purpose: number): [low: number, high: number] => [
  step % 2 ** 32,
  purpose * 2 ** 24 + Math.floor(step / 2 ** 32),
];

/** Calls `visit(words, offset, count)` for each block: `count` lanes from index `offset` on. */
export function eachBlock(
  caller: string,
  length: number,
  key: Key,
  { step, purpose, nodes, lanes, firstNode = 0 }: Draw,
  visit: (words: Uint32Array, offset: number, count: number) => void,
): void {
  requireInteger(caller, 'step', step, 0, 2 ** 53 - 1);
  requireInteger(caller, 'purpose', purpose, 0, 255);
  requireInteger(caller, 'nodes', nodes, 0, 2 ** 32 - 1);
  requireInteger(caller, 'lanes', lanes, 0, 2 ** 32 - 1);
  requireInteger(caller, 'firstNode + nodes', firstNode + nodes, 0, 2 ** 32);
  if (length !== nodes * lanes)
    throw new RangeError(`${caller}: out must hold nodes x lanes = ${nodes * lanes} numbers, got ${length}`);
  const words = new Uint32Array(4);
  const [stepLow, purposeAndStepHigh] = stepWords(step, purpose);
  for (let node = 0; node < nodes; node++) {
    for (let lane = 0; lane < lanes; lane += 4) {
      philoxBlock(stepLow, firstNode + node, lane >>> 2, purposeAndStepHigh, key.seed, key.stream, words);
      visit(words, node * lanes + lane, Math.min(4, lanes - lane));
    }
  }
}
