// The bifurcation of two competing states. With equal values on all N nodes diffusion vanishes, and the
// presence field is
//   dm_k/dt = -gamma m_k + sigma phi_k(m) A,   A = M - N (m_1 + m_2).
// In the even state, m each, gamma m = sigma phi A, so that M = 2 N m + gamma m / (sigma phi). A difference
// m_1 - m_2 grows at
//   -gamma + sigma A D = gamma (m D / phi - 1),   D = d phi_1 / d m_1 - d phi_1 / d m_2:
// the even state loses stability where m D(m) = phi(m), which depends only on the replacement; the total M is
// the control parameter. Uneven states: with y = ln(m_1 / m_2) / 2,
//   dy/dt = (sigma A / 2) (phi_1 / m_1 - phi_2 / m_2),
// at the total m_1 + m_2 that balances the air. A state is stable where the Jacobian has a negative trace and
// a positive determinant. Patterns that differ from node to node are not searched; small ones decay faster
// than even ones, each mode by its mu_k more. Source: Strogatz, Nonlinear Dynamics and Chaos (2015), sections
// 3.4, 6.3; row AE-22.
import { card, formatNumber, printAs } from '../../display/index.js';
import { requireAllPositive, requirePositive } from '../../numerics/check.js';
import { zeroOf } from '../../numerics/root.js';
import { type Presence, requirePresence } from './presence.js';

/** The masses of the two states on every node. */
export type Pair = readonly [number, number];

/** Where the even state of two nodes loses stability, and the stable states of a given total mass. */
export interface Pitchfork {
  /** The least m at which the even state loses stability; undefined where it never does. */
  readonly level: number | undefined;
  /** The total mass of the field at that level. */
  readonly criticalMass: number | undefined;
  /**
   * The even state of this total, the one of largest m where there are several: m, and the growth rate of a
   * difference.
   */
  even(total: number): { readonly level: number; readonly growth: number };
  /**
   * All stable states of this total that are the same on every node, m_1 >= m_2, from even to uneven; (0, 0)
   * where no mass stays on the nodes. Neutral states, in which a difference neither grows nor decays, are not
   * included.
   */
  stable(total: number): readonly Pair[];
}

/**
 * The bifurcation of two competing states: the mass beyond which the even state is no longer stable.
 *
 * @throws TypeError unless the field has two states; RangeError unless the participation is uniform and both
 * rates are positive
 * @example
 * const air = ambient.presence(complete(10), { decay: 0.5, release: 0.2, states: 2, replacement: ambient.majorityReplacement({ beta: 1 }) });
 * ambient.pitchfork(air).criticalMass; // 25 = 2 (N + gamma / sigma) / beta
 */
export function pitchfork(presence: Presence): Pitchfork {
  requirePresence('pitchfork', presence);
  const {
    decay: gamma,
    release: sigma,
    participation,
    states,
    graph: { nodeCount: N },
  } = presence;
  if (states !== 2) throw new TypeError(`pitchfork: needs two competing states, got ${states}`);
  requireAllPositive('pitchfork', { decay: gamma, release: sigma });
  const other = participation.findIndex((u) => u !== participation[0]);
  if (other > 0)
    throw new RangeError(
      `pitchfork: participation must be uniform, got ${participation[0]} and ${participation[other]}`,
    );
  const [masses, values, slopes] = [new Float64Array(2), new Float64Array(2), new Float64Array(4)];
  const phi = (m: Pair): Float64Array => (masses.set(m), presence.replacement(values, masses, 0), values);
  const dPhi = (m: Pair): Float64Array => (
    masses.set(m), presence.replacementSlopes(slopes, masses, 0), slopes
  );
  const antisymmetric = (m: number): number => dPhi([m, m])[0] - dPhi([m, m])[1];

  const excess = (m: number): number => (m * antisymmetric(m)) / phi([m, m])[0] - 1;
  const level = first(signChanges(excess, LEVELS, 1e-9));

  /** The largest masses of a node in the proportion e^(2 y) at which condensation balances decay. */
  function balance(total: number, y: number): Pair {
    const pair = (sum: number): Pair => [sum / (1 + Math.exp(-2 * y)), sum / (1 + Math.exp(2 * y))];
    const gain = (share: number): number => {
      const [one, two] = phi(pair((share * total) / N));
      return sigma * (one + two) * (1 - share) - (gamma * share) / N;
    };
    return pair(((first(signChanges(gain, SHARES, 0)) ?? 0) * total) / N);
  }

  function isStable(m: Pair, total: number): boolean {
    const air = total - N * (m[0] + m[1]);
    const f = phi(m).slice();
    const [a, b, c, d] = dPhi(m).map(
      (slope, at) => sigma * (air * slope - N * f[at >> 1]) - (at % 3 === 0 ? gamma : 0),
    );
    return a + d < 0 && a * d - b * c > 1e-12 * (a + d) ** 2;
  }

  return printAs<Pitchfork>(
    {
      level,
      criticalMass:
        level === undefined ? undefined : 2 * N * level + (gamma * level) / (sigma * phi([level, level])[0]),
      even(total) {
        requirePositive('pitchfork', 'total', total);
        const m = balance(total, 0)[0];
        return { level: m, growth: sigma * (total - 2 * N * m) * antisymmetric(m) - gamma };
      },
      stable(total) {
        requirePositive('pitchfork', 'total', total);
        const parting = (y: number): number => {
          const m = balance(total, y);
          const [one, two] = phi(m);
          return (one * m[1]) / (two * m[0]) - 1;
        };
        const [even, alone] = [balance(total, 0), balance(total, Infinity)];
        const rests = [
          ...(phi([0, 0]).every((each) => each === 0) ? [[0, 0] as const] : []),
          ...(even[0] > 0 ? [even] : []),
          ...Array.from(signChanges(parting, TILTS, 1e-12), (y) => balance(total, y)),
          ...(alone[0] > 0 && phi(alone)[1] === 0 ? [alone] : []),
        ];
        return rests.filter((m) => isStable(m, total));
      },
    },
    pitchforkCard,
  );
}

const logarithmic = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)));
/** Grids in which zeros are searched: levels m; tilts y; shares of the total on the nodes, from above. */
const [LEVELS, TILTS] = [logarithmic(1e-9, 1e9, 721), logarithmic(1e-8, 300, 211)];
const SHARES = Array.from({ length: 256 }, (_, k) => 1 - k / 256);

/** Where f changes its sign along the points, without values within `noise` of zero. */
function* signChanges(
  f: (x: number) => number,
  points: readonly number[],
  noise: number,
): Generator<number, undefined> {
  let before: { x: number; sign: number } | undefined;
  for (const x of points) {
    const value = f(x);
    if (!(Math.abs(value) > noise)) continue; // NaN too
    const sign = Math.sign(value);
    if (before && before.sign !== sign) yield zeroOf(f, Math.min(before.x, x), Math.max(before.x, x));
    before = { x, sign };
  }
  return undefined;
}

const first = (values: Generator<number, undefined>): number | undefined => values.next().value;

const pitchforkCard = ({ level, criticalMass }: Pitchfork) =>
  card('Two states that compete', {
    'even state': level === undefined ? 'never gives way' : 'gives way',
    'at m per node, each': level === undefined ? undefined : formatNumber(level),
    'at M in all': criticalMass === undefined ? undefined : formatNumber(criticalMass),
  });
