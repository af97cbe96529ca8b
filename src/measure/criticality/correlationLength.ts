// The second-moment correlation length, from the structure factor of the modes u_k of the graph's Laplacian,
//   S_k = <(u_k . s)^2>,   xi^2 = (S_0 / S_1 - 1) / mu_1,
// S_0 of the constant mode, S_1 averaged over the modes of the smallest eigenvalue mu_1 > 0, and over
// components. On a ring or torus of nearest neighbours mu_1 = 4 sin^2(pi / L), and xi is the usual one in
// lattice spacings; a Gaussian field of mass kappa has S_k = T / (mu_k + kappa) and xi = kappa^(-1/2) on any
// graph. In the ordered phase S_0 grows with N and xi is not a correlation length, but still serves to
// compare system sizes. Source: Cooper, Freedman, Preston, Nucl. Phys. B 210 (1982) 210, DOI
// 10.1016/0550-3213(82)90240-1.
import { requireCounts } from '../../dynamics/index.js';
import { type Graph, laplacianModes } from '../../graphs/index.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, estimateOf, jackknifeEstimate, requireChains } from '../../statistics/index.js';
import { modeVariances } from '../chains/modeVariances.js';
import { type ChainSamples, requireSameGraph } from '../chains/samples.js';

/** Relative: eigenvalues closer than this count as equal. */
const SAME = 1e-9;

/**
 * The second-moment correlation length xi of independent chains, in lattice spacings (mu has the unit 1 /
 * length^2). An end of the interval where S_0 < S_1 is 0.
 *
 * @param samples at least 16 chains
 * @throws RangeError for fewer chains, or a graph of more than 2048 nodes, not connected, or other than the
 * samples'
 * @example
 * const ising = hamiltonian(ring(40), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 1 }), { chains: 16, burnIn: 100, steps: 1000, seed: 1 });
 * measure.correlationLength(samples, ring(40)); // { estimate: 3.557, interval: [2.308, 4.470] }
 * exact.ringIsing(40, { temperature: 1 }).correlationLength; // 3.672
 */
export function correlationLength(samples: ChainSamples, graph: Graph, options: LevelOption = {}): Estimate {
  const level = levelOf('correlationLength', options);
  requireCounts('correlationLength', samples);
  requireSameGraph('correlationLength', 'the modes', samples, graph);
  if (graph.componentCount !== 1) {
    throw new RangeError(
      `correlationLength: the graph must be connected, got ${graph.componentCount} components`,
    );
  }
  const { eigenvalues, modes } = laplacianModes(graph);
  const gap = eigenvalues[1];
  const smallest = modes.filter((_, k) => k > 0 && eigenvalues[k] <= gap * (1 + SAME));
  const rows = modeVariances(samples, [modes[0], ...smallest]);
  requireChains('correlationLength', rows);
  const squared = jackknifeEstimate(rows, level, ([constant, ...first]) => {
    const S1 = first.reduce((sum, S) => sum + S, 0) / first.length;
    return (constant / S1 - 1) / gap;
  });
  const [estimate, low, high] = [squared.estimate, ...squared.interval].map((x) => Math.sqrt(Math.max(0, x)));
  return estimateOf(estimate, [low, high]);
}
