// Percolation where every node has z neighbours and there are no loops: large random regular graphs of which
// a share p of the nodes, or of the links, survives. A link leads nowhere with the probability u, the
// smallest root of
//   u = 1 - p + p u^(z-1),
// below 1 if p > p_c = 1 / (z - 1). A surviving node is in the giant part unless all its z links lead
// nowhere, S = 1 - u^z, for losses of nodes and of links alike. Two survivors are both in it with probability
// S^2; other pairs have a path with probability O(1/N). Sources: Fisher and Essam, J. Math. Phys. 2 (1961)
// 609, DOI 10.1063/1.1703745; Callaway, Newman, Strogatz, Watts, Phys. Rev. Lett. 85 (2000) 5468, DOI
// 10.1103/PhysRevLett.85.5468.
import { showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { fraction } from '../../numerics/rules.js';
import { zeroOf } from '../../numerics/root.js';
import { modelCard } from '../modelNumbers.js';

/** What is left of a Bethe lattice after random losses. */
export interface BethePercolation {
  /** p_c = 1 / (z - 1). */
  readonly threshold: number;
  /** S, the share of the surviving nodes that are in the giant part; 0 at and below the threshold. */
  readonly largest: number;
  /** 1 - S^2, the fraction of surviving pairs without a path. */
  readonly brokenPairs: number;
}

const percolationOptions = {
  /** p, the share of the nodes, or of the links, that survives. */
  keep: needed(fraction),
};

/**
 * The exact limit of `percolate` on random regular graphs of degree z.
 *
 * @throws RangeError unless z is an integer of at least 3, and keep in [0, 1]
 * @example
 * exact.bethePercolation(3, { keep: 0.75 }).largest; // 0.963 = 1 - (1/3)^3
 */
export function bethePercolation(z: number, options: OptionsOf<typeof percolationOptions>): BethePercolation {
  const { keep: p } = readOptions('bethePercolation', options, percolationOptions);
  requireInteger('bethePercolation', 'z', z, 3);
  const threshold = 1 / (z - 1);
  const lowest = (p * (z - 1)) ** (-1 / (z - 2)); // where 1 - p + p u^(z-1) - u has its minimum
  const u = p > threshold && lowest < 1 ? zeroOf((x) => 1 - p + p * x ** (z - 1) - x, 0, lowest) : 1;
  const largest = 1 - u ** z;
  return showAs<BethePercolation>(
    { threshold, largest, brokenPairs: 1 - largest ** 2 },
    modelCard<BethePercolation>(
      `Percolation on random regular graphs, degree ${z}`,
      { 'share that survives': p },
      {
        threshold: 'threshold',
        largest: 'survivors in the largest part',
        brokenPairs: 'pairs without a path',
      },
    ),
  );
}
