// One step of each sampler as expressions, from which every engine makes its own step. Noise has variance 1
// per component. Sources: see src/dynamics/langevin.
import { scalar, tape, vector } from '../../expressions/index.js';
import { amplitude, slope, x, type Update } from './step.js';

const [noise, next, slopes, u] = ['noise', 'next', 'slopes', 'u'].map(vector);
const timeStep = scalar('timeStep');
const drifted = x.sub(slope.mul(timeStep));

/** The scheme of a Langevin step. */
export type LangevinMethod = 'leimkuhler-matthews' | 'euler-maruyama';

/**
 * Overdamped Langevin dynamics, noise = xi_n and next = xi_(n+1):
 *   Leimkuhler-Matthews  x' = x - grad H dt + sqrt(2 T dt) (xi_n + xi_(n+1)) / 2
 *   Euler-Maruyama       x' = x - grad H dt + sqrt(2 T dt) xi_n
 */
export const langevinUpdate: Readonly<Record<LangevinMethod, Update>> = {
  'leimkuhler-matthews': {
    tape: tape([drifted.add(noise.add(next).mul(amplitude.div(2)))]),
    drawn: { symbol: next, later: 1 },
    previousNoise: noise,
  },
  'euler-maruyama': { tape: tape([drifted.add(noise.mul(amplitude))]), drawn: { symbol: noise, later: 0 } },
};
export const langevinInputs = { x, slope, noise, next, timeStep, amplitude };

/** x' = dH/dx: the gradient alone. */
export const slopeOnly: Update = { tape: tape([slope]) };

/**
 * The Metropolis-adjusted Langevin algorithm: the proposal, and T (ln q(x | x') - ln q(x' | x)) per node;
 * slopes = both gradients added.
 */
export const malaInputs = { x, slope, slopes, noise, timeStep, amplitude };
export const malaProposal = tape([drifted.add(noise.mul(amplitude))]);
export const malaRatio = tape([
  noise
    .dot(slopes)
    .mul(amplitude.div(2))
    .sub(slopes.squaredNorm().mul(timeStep.div(4))),
]);

/** kick = h / m, halfStep = h / 2, keeps = c; amplitude = sqrt((1 - c^2) T / m). */
export const [kick, halfStep, keeps] = ['kick', 'halfStep', 'keeps'].map(scalar);
const kicked = u.sub(slope.mul(kick));
const thermal = kicked.mul(keeps).add(noise.mul(amplitude));

/**
 * Underdamped Langevin dynamics of mass m in the order B A O A B. The last half kick of a step and the first
 * of the next have the same gradient: a step is one pass, and the velocities between steps are those before
 * the last half kick, u = v + h grad H / 2 m:
 *   w = u - h grad H(x) / m,   u' = c w + sqrt((1 - c^2) T / m) xi,   x' = x + h (w + u') / 2,   c =
 *   e^(-gamma h)
 */
export const baoabUpdate: Update = {
  tape: tape([x.add(kicked.add(thermal).mul(halfStep)), thermal]),
  drawn: { symbol: noise, later: 0 },
  velocity: u,
};
