// One step of underdamped Langevin dynamics of mass m in the order B A O A B, as an expression. The last half kick of a step and the
// first of the next have the same gradient, so that a step is one pass, and the velocities between steps are those before the
// last half kick, u = v + h grad H / 2 m:
//   w = u - h grad H(x) / m,   u' = c w + sqrt((1 - c^2) T / m) xi,   x' = x + h (w + u') / 2,   c = e^(-gamma h).
// Source: see src/dynamics/langevin/baoab.ts.
import { scalar, tape, vector } from '../../expression/index.js';
import { amplitude, slope, x, type Update } from './step.js';

const [u, noise] = ['u', 'noise'].map(vector);
/** kick = h / m, halfStep = h / 2, keeps = c; amplitude = sqrt((1 - c^2) T / m). */
export const [kick, halfStep, keeps] = ['kick', 'halfStep', 'keeps'].map(scalar);
const kicked = u.sub(slope.mul(kick));
const thermal = kicked.mul(keeps).add(noise.mul(amplitude));

export const baoabUpdate: Update = {
  tape: tape([x.add(kicked.add(thermal).mul(halfStep)), thermal]),
  drawn: { symbol: noise, later: 0 },
  velocity: u,
};
