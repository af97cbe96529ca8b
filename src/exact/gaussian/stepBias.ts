// The effect of a finite time step on the variance of one mode of stiffness mu, H = mu x^2 / 2, as the ratio
// of the sampled variance to the true T / mu. Both integrators multiply x by 1 - mu dt per step and diverge
// at dt >= 2 / mu.
//   Euler-Maruyama         x' = x - mu x dt + sqrt(2 T dt) xi'             ratio 1 / (1 - mu dt / 2)
//   Leimkuhler-Matthews    x' = x - mu x dt + sqrt(2 T dt) (xi + xi') / 2  ratio 1
// Source: Leimkuhler, Matthews, Appl. Math. Res. Express 2013, 34, DOI 10.1093/amrx/abs010; EMTD section 1.3.
import { requireAllPositive } from '../../numerics/check.js';

/** 2 / mu: at this time step and above, both integrators diverge. */
export const stabilityBound = (stiffness: number): number => 2 / stiffness;

/**
 * Var x / (T / mu) under Euler-Maruyama: 1 / (1 - mu dt / 2), always too hot.
 *
 * @throws RangeError for a time step that is not positive or not below 2 / mu
 * @example
 * exact.eulerMaruyamaRatio(10, 0.1); // 2
 */
export function eulerMaruyamaRatio(stiffness: number, timeStep: number): number {
  requireStable('eulerMaruyamaRatio', stiffness, timeStep);
  return 1 / (1 - (stiffness * timeStep) / 2);
}

/**
 * Var x / (T / mu) under Leimkuhler-Matthews: 1 at every stable time step, since H is quadratic.
 *
 * @throws RangeError for a time step that is not positive or not below 2 / mu
 * @example
 * exact.leimkuhlerMatthewsRatio(10, 0.1); // 1
 */
export function leimkuhlerMatthewsRatio(stiffness: number, timeStep: number): number {
  requireStable('leimkuhlerMatthewsRatio', stiffness, timeStep);
  return 1;
}

function requireStable(caller: string, stiffness: number, timeStep: number): void {
  requireAllPositive(caller, { timeStep, stiffness });
  const bound = stabilityBound(stiffness);
  if (timeStep < bound) return;
  throw new RangeError(`${caller}: timeStep must be below 2 / stiffness = ${bound}, got ${timeStep}`);
}
