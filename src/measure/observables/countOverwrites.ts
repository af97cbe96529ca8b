// Memory overwritten by a run of single-site moves: each accepted move overwrites a node's value, each
// rejected proposal is discarded. The sampler itself counts them (`acceptance`), over all its steps, burn-in
// included. In heat bath or Glauber dynamics, drawing the old value again overwrites nothing. A value of q
// possible ones holds log2 q bits.
import { countText, type MimeBundle, numeral, showAs } from '../../display/index.js';
import type { Samples } from '../../dynamics/index.js';
import { requireInteger, requirePositive } from '../../numerics/check.js';

/** How many bits a run has overwritten. */
export interface Overwrites {
  /** Bits overwritten by accepted moves, over all chains. */
  readonly bits: number;
  readonly accepted: number;
  /** Rejected proposals. */
  readonly discarded: number;
}

/**
 * The bits that the accepted moves of a run overwrote, and the number of discarded proposals.
 *
 * @param bitsPerValue log2 of the number of values of a node: 1 for spins
 * @throws RangeError where the sampler counts no acceptance
 * @example
 * const ising = hamiltonian(ring(10), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 2 }), { chains: 4, steps: 100, seed: 1 });
 * const { bits } = measure.countOverwrites(samples);
 * bits; // 1314
 * measure.landauerLedger({ bits }).bound; // 3.772e-18
 */
export function countOverwrites(
  { acceptance, nodes, state }: Pick<Samples, 'acceptance' | 'nodes' | 'state'>,
  bitsPerValue = 1,
): Overwrites {
  requirePositive('countOverwrites', 'bitsPerValue', bitsPerValue);
  requireInteger('countOverwrites', 'nodes of the samples', nodes, state.shape[0], state.shape[0]);
  if (!acceptance) throw new RangeError('countOverwrites: the sampler must count accepted moves, got none');
  const attempts = nodes * state.step;
  const accepted = acceptance.reduce((sum, share) => sum + Math.round(share * attempts), 0);
  return showAs<Overwrites>(
    { bits: accepted * bitsPerValue, accepted, discarded: acceptance.length * attempts - accepted },
    overwritesText,
  );
}

const overwritesText = ({ bits, accepted, discarded }: Overwrites): MimeBundle => ({
  'text/plain': `${numeral(bits)} bits overwritten by ${countText(accepted, 'move')}, ${countText(discarded, 'proposal')} discarded`,
});
