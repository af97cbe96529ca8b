// The front of a state that diffuses along a line of nodes and grows where it is rare,
//   dx_i/dt = D (x_(i+1) + x_(i-1) - 2 x_i) + r x_i (1 - x_i),
// is pulled by its foremost edge: a tail e^(-k i) grows at the rate w(k) = r + 2 D (cosh k - 1), so that it
// moves at w(k) / k, and a start that is 0 far ahead selects the slowest of these speeds,
//   v = min over k of w(k) / k = 2 D sinh k*,    2 sqrt(r D) in the continuum, r << D,
// approached from below, for every such start: v(t) = v - 3 / (2 k* t) + 3 sqrt(pi) / (2 k*^2 sqrt(w''(k*) /
// 2) t^(3/2)) + ... Sources: Kolmogorov, Petrovsky, Piskunov (1937); Fisher, Ann. Eugenics 7 (1937) 355;
// Bramson, Comm. Pure Appl. Math. 31 (1978) 531; Ebert, van Saarloos, Physica D 146 (2000) 1,
// doi:10.1016/S0167-2789(00)00068-3, for all pulled fronts and the third term.
import { printAs } from '../../display/index.js';
import { requirePositive } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { zeroOf } from '../../numerics/root.js';
import { modelCard } from '../modelNumbers.js';

const latticeFrontOptions = {
  /** r, 1 / time: the growth rate where the state is rare. */
  growth: needed(positive),
  /** D, 1 / time: the coupling of neighbours. */
  diffusion: needed(positive),
};

/** Parameters of `latticeFront`. */
export interface LatticeFrontParameters extends Options, OptionsOf<typeof latticeFrontOptions> {}

/** The speed of a front on a chain of nodes. */
export interface LatticeFront {
  /** v, nodes per time, in the long run. */
  readonly speed: number;
  /** k*, of the tail e^(-k i), 1 / node. */
  readonly steepness: number;
  /** 2 sqrt(r D), the limit of fronts that are many nodes wide. */
  readonly continuum: number;
  /**
   * v(t) to the third term, useful after some ten generations 1 / r.
   * @throws RangeError unless the time is positive
   */
  speedAt(time: number): number;
}

/**
 * The speed of a front: a state diffuses along a line of nodes and grows where it is rare.
 *
 * @throws RangeError unless growth and diffusion are positive
 * @example
 * exact.latticeFront({ growth: 1, diffusion: 1 }).speed; // 2.0734, and 2 in the continuum
 */
export function latticeFront(parameters: LatticeFrontParameters): LatticeFront {
  const { growth: r, diffusion: D } = readOptions('latticeFront', parameters, latticeFrontOptions);
  const rate = (k: number): number => r + 4 * D * Math.sinh(k / 2) ** 2; // w(k), without loss where k is small
  const slope = (k: number): number => k * 2 * D * Math.sinh(k) - rate(k); // of w(k) / k, times k^2; it rises from -r
  let steep = 1;
  while (slope(steep) <= 0) steep *= 2;
  const k = zeroOf(slope, 0, steep);
  const speed = 2 * D * Math.sinh(k);
  const spread = D * Math.cosh(k); // w'' / 2
  return printAs<LatticeFront>(
    {
      speed,
      steepness: k,
      continuum: 2 * Math.sqrt(r * D),
      speedAt(time) {
        requirePositive('latticeFront', 'time', time);
        return (
          speed -
          3 / (2 * k * time) +
          (3 * Math.sqrt(Math.PI)) / (2 * k * k * Math.sqrt(spread) * time ** 1.5)
        );
      },
    },
    modelCard<LatticeFront>(
      'Front on a line',
      {},
      {
        speed: 'speed, nodes per time',
        continuum: 'of the continuum',
        steepness: 'steepness',
      },
    ),
  );
}
