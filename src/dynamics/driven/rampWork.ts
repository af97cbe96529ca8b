// The work of single runs of a ramp of the coupling on the Gaussian free field, with exact relaxation between
// the jumps (Ornstein-Uhlenbeck, mode by mode). It keeps Boltzmann's law at fixed J, which the work relation
// <exp(-W/T)> = exp(-dF/T) needs; Langevin schemes of finite step do not.
//   jump        W += (J_k - J_(k-1)) mu |y|^2
//   relaxation  y -> y e^(-a) + sqrt(T (1 - e^(-2 a)) / (2 J_k mu)) xi,   a = 2 J_k mu t / n,
// for each mode of the Laplacian (eigenvalue mu) and component. The protocol is that of
// `meanRampWork`. Sources: EMTD Definition 1.2; Jarzynski, DOI 10.1103/PhysRevLett.78.2690.
import {
  gaussianFreeField,
  ornsteinUhlenbeck,
  type RampProtocol,
  checkRamp,
  rampCouplings,
} from '../../exact/index.js';
import type { Graph } from '../../graphs/index.js';
import { defaultSeed, normals, Purpose, randomKey, type SeedOption } from '../../randomness/index.js';

/**
 * The work of each of `runs` independent ramps, each from its own equilibrium at J0; in units of energy.
 *
 * @throws RangeError as `meanRampWork`
 * @example
 * const work = dynamics.rampWork(complete(6), { temperature: 1, from: 1, to: 2, jumps: 10, duration: 0.1, runs: 1000, seed: 1 });
 * mean(work); // 2.047
 * exact.rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.733: <W> is above it
 */
export function rampWork(
  graph: Graph,
  { runs, seed = defaultSeed(), ...protocol }: RampProtocol & SeedOption & { readonly runs: number },
): Float64Array {
  const { temperature, duration, jumps, components = 1 } = checkRamp('rampWork', protocol);
  const { stiffness } = gaussianFreeField(graph, { temperature, J: 1 / 2 }); // 2 J mu = mu
  const couplings = rampCouplings(protocol);
  const key = randomKey(seed, 'rampWork');
  const lanes = components * runs;
  const draw = (step: number): Float64Array =>
    normals(new Float64Array(stiffness.length * lanes), key, {
      step,
      purpose: Purpose.noise,
      nodes: stiffness.length,
      lanes,
    });

  const mode = (coupling: number, mu: number) =>
    ornsteinUhlenbeck({ stiffness: 2 * coupling * mu, temperature });
  const y = draw(0);
  stiffness.forEach((mu, k) => {
    const deviation = Math.sqrt(mode(couplings[0], mu).stationaryVariance);
    for (let at = k * lanes; at < (k + 1) * lanes; at++) y[at] *= deviation;
  });
  const work = new Float64Array(runs);
  for (let jump = 1; jump <= jumps; jump++) {
    const step = couplings[jump] - couplings[jump - 1];
    const noise = draw(jump);
    stiffness.forEach((mu, k) => {
      const law = mode(couplings[jump], mu);
      const kept = law.transitionMean(1, duration / jumps);
      const deviation = Math.sqrt(law.transitionVariance(duration / jumps));
      for (let at = k * lanes; at < (k + 1) * lanes; at++) {
        work[at % runs] += step * mu * y[at] ** 2;
        y[at] = kept * y[at] + deviation * noise[at];
      }
    });
  }
  return work;
}
