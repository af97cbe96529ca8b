// One step of overdamped Langevin dynamics as an expression, of which every engine makes its own step:
//   Leimkuhler-Matthews  x' = x - grad H dt + sqrt(2 T dt) (xi_n + xi_(n+1)) / 2
//   Euler-Maruyama       x' = x - grad H dt + sqrt(2 T dt) xi_n
// Sources: see src/dynamics/langevin/langevin.ts.
import { scalar, tape, vector } from '../../expression/index.js';
import { amplitude, slope, x, type Update } from './step.js';

export type LangevinMethod = 'leimkuhler-matthews' | 'euler-maruyama';

const [noise, next] = ['noise', 'next'].map(vector);
const timeStep = scalar('timeStep');
const drifted = x.sub(slope.mul(timeStep));

/** noise is xi_n, next xi_(n+1). */
export const langevinUpdate: Readonly<Record<LangevinMethod, Update>> = {
  'leimkuhler-matthews': {
    tape: tape([drifted.add(noise.add(next).mul(amplitude.div(2)))]),
    drawn: { symbol: next, later: 1 },
    kept: noise,
  },
  'euler-maruyama': { tape: tape([drifted.add(noise.mul(amplitude))]), drawn: { symbol: noise, later: 0 } },
};

/** The inputs of both. */
export const langevinInputs = { x, slope, noise, next, timeStep, amplitude };

/** x' = dH/dx: the gradient alone. */
export const slopeOnly: Update = { tape: tape([slope]) };
