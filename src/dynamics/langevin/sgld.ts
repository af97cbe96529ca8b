// Stochastic-gradient Langevin dynamics: Euler-Maruyama with the gradient of some of the edges, drawn anew in
// every step and chain, without replacement,
//   x' = x - g dt + sqrt(2 T dt) xi,   g = (E / m) sum over the m edges of the batch of grad H_e + sum over
// sites of grad H_i.
// <g> = grad H, but g varies, and adds its own noise, dt^2 Cov(g | x) per step: to first order the field is
// as hot as T + (dt / 2) Cov(g), which depends on the place and the direction. The law exp(-H/T) is met as dt
// -> 0 only, or with m = E up to the bias of Euler-Maruyama. Source: Welling, Teh, Proc. 28th Int. Conf.
// Machine Learning (2011) 681, whose steps go to zero; the excess at constant steps: Vollmer, Zygalakis, Teh,
// J. Mach. Learn. Res. 17 (2016) 159; for quadratic H exactly: src/exact/gaussian/sgldCovariance.ts.
import type { Tensor3D } from '#tfjs';
import { langevinUpdate } from '../../codegen/index.js';
import { type Hamiltonian, notLocal, requireEnergy } from '../../energies/index.js';
import { requireInteger } from '../../numerics/check.js';
import { needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aNumber } from '../../numerics/rules.js';
import { Purpose, uniforms, type Key } from '../../randomness/index.js';
import { tf } from '../../tensors/index.js';
import type { Sampler } from '../sampler.js';
import { overdamped, type OverdampedOptions, overdampedOptions } from './langevin.js';
import type { UpdateState } from './updateSampler.js';

const sgldOptions = {
  /** m, edges per step. */
  batch: needed(aNumber),
};

/** The temperature is that of the noise which is added; the field is hotter. `engine` is not `webgpu`. */
export interface SgldOptions extends OverdampedOptions, OptionsOf<typeof sgldOptions> {}

/**
 * A sampler of a biased law: that of Langevin steps whose gradient is estimated from a batch of edges.
 * Besides the bias of Euler-Maruyama it has an excess temperature of about dt / 2 times the variance of the
 * estimated gradient, which grows with dt and falls as (E - m) / m; `sgldCovariance` has it exactly for
 * quadratic energies, `certify` sees it. A step costs as much as one with all edges: it shows what batches do
 * to the law, and saves nothing. Steps beyond 2 m / (E lambda_max) can make second moments infinite though
 * those with all edges are stable.
 *
 * @throws RangeError unless batch is an integer in [1, edges]; for timeStep and temperatures as `langevin`;
 *         TypeError for a term that is neither a bond nor a site
 * @example
 * const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [interaction()]);
 * const sampler = dynamics.sgld(energy, { temperature: 1, timeStep: 0.01, batch: 10 });
 * const samples = await sample(sampler, { chains: 16, burnIn: 1000, steps: 5000, every: 50, seed: 1 });
 * measure.configurationalTemperature(samples, energy); // { estimate: 1.353, interval: [1.334, 1.372] }
 */
export function sgld(energy: Hamiltonian, options: SgldOptions): Sampler<UpdateState> {
  requireEnergy('sgld', energy);
  const given = readOptions('sgld', options, { ...overdampedOptions, ...sgldOptions });
  const { timeStep, batch, engine } = given;
  const edges = energy.graph.edgeCount;
  requireInteger('sgld', 'batch', batch, 1, edges);
  const reason = notLocal(energy.terms);
  if (reason) throw new TypeError(`sgld: needs an energy of bonds and sites, but ${reason}`);
  if (engine === 'webgpu')
    throw new TypeError(
      "sgld: batches of edges are drawn one edge after another, on engines 'wasm' and 'tensors' only",
    );
  return overdamped(
    'sgld',
    energy,
    given,
    { ...langevinUpdate['euler-maruyama'], batch },
    {
      name: `sgld (biased; ${batch} of ${edges} edges a step, dt = ${timeStep})`,
      law: 'samples exp(-H/T) only as dt -> 0; at this dt hotter, by dt / 2 times the variance of the gradient that a batch estimates',
      slope: (values, { key, step }) =>
        energy.gradient(values, { edgeWeights: batchWeights(key, step, edges, batch, values.shape[2]) }),
    },
  );
}

/**
 * `[edges, 1, chains]`: E / m for the m edges of each chain's batch, 0 for others. Every set of m edges is
 * equally likely: an edge is taken with probability (edges still wanted) / (edges still to come). Knuth, The
 * Art of Computer Programming 2, 3.4.2, algorithm S.
 */
function batchWeights(key: Key, step: number, edges: number, batch: number, chains: number): Tensor3D {
  const draws = uniforms(new Float64Array(edges * chains), key, {
    step,
    purpose: Purpose.batch,
    nodes: edges,
    lanes: chains,
  });
  const weights = new Float32Array(edges * chains);
  const wanted = new Int32Array(chains).fill(batch);
  for (let at = 0; at < weights.length; at++) {
    const [edge, chain] = [Math.floor(at / chains), at % chains];
    if (draws[at] * (edges - edge) >= wanted[chain]) continue;
    weights[at] = edges / batch;
    wanted[chain]--;
  }
  return tf.tensor3d(weights, [edges, 1, chains]);
}
