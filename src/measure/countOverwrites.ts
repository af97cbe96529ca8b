// What a run of single-site moves did to its memory: each accepted move overwrites a node's value, each proposal that is
// not taken is discarded. Counted by the sampler itself (`acceptance`), over all steps that it made, burn-in included.
// Of a heat bath or Glauber's rule, drawing the old value again is no overwriting. A value of q possible ones holds log2 q bits.
import { shown } from '../display/index.js';
import type { Samples } from '../dynamics/index.js';
import { requirePositive } from '../graph/check.js';
import { overwritesText } from './display.js';

export interface Overwrites {
  /** Bits overwritten by accepted moves, over all chains. */
  readonly bits: number;
  /** Accepted moves. */
  readonly accepted: number;
  /** Proposals not taken. */
  readonly discarded: number;
}

/**
 * Bits overwritten and proposals discarded along a run.
 *
 * @param bitsPerValue log2 of the number of values of a node: 1 for spins
 * @throws RangeError where the sampler counts no acceptance
 * @example
 * landauerLedger({ bits: countOverwrites(samples).bits });
 */
export function countOverwrites({ acceptance, nodes, state }: Pick<Samples, 'acceptance' | 'nodes' | 'state'>, bitsPerValue = 1): Overwrites {
  requirePositive('countOverwrites', 'bitsPerValue', bitsPerValue);
  if (!acceptance) throw new RangeError('countOverwrites: the sampler must count accepted moves, got none');
  const attempts = nodes * state.step;
  const accepted = acceptance.reduce((sum, share) => sum + Math.round(share * attempts), 0);
  return shown<Overwrites>({ bits: accepted * bitsPerValue, accepted, discarded: acceptance.length * attempts - accepted }, overwritesText);
}
