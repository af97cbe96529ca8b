// The Swendsen-Wang algorithm. A step takes every bond whose ends agree as active with probability
//   p = 1 - e^(-gap / T),   gap = E(differ) - E(agree),
// and gives each cluster that active bonds connect a new value v, all of its nodes the same, with probability
// prop. to
//   e^(-(sum over its nodes of their site energies at v) / T);
// clusters that hold a pinned node keep theirs. Of spins, gap = 2 J. Sources: Swendsen and Wang, Phys. Rev.
// Lett. 58 (1987) 86, doi:10.1103/PhysRevLett.58.86; with fields: Edwards and Sokal, Phys. Rev. D 38 (1988)
// 2009, doi:10.1103/PhysRevD.38.2009.
import type { Hamiltonian } from '../../energies/index.js';
import { Purpose, uniforms } from '../../randomness/index.js';
import type { ClusterEnergy } from './clusterEnergy.js';
import {
  type ClusterMove,
  type ClusterOptions,
  clusterSampler,
  type ClusterState,
} from './clusterSampler.js';
import type { Sampler } from '../sampler.js';
import { pickLabel } from '../singleSite/siteRule.js';

/**
 * A Swendsen-Wang sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1, on any graph; a step moves all
 * clusters of every chain. The chances of bonds are those of float64 to 2^-32. `meanClusterSize` has the
 * sizes of clusters of a run.
 *
 * @throws TypeError for terms that are neither bonds nor sites, for bonds that tell one value from another or
 * are lower where values differ; RangeError if the temperature is negative; at `init` as `heatBath`
 * @example
 * const ising = hamiltonian(torus(16, 16), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(dynamics.swendsenWang(ising, { temperature: 2.269 }), { chains: 16, burnIn: 50, steps: 300, seed: 1 });
 * interval(observe(samples, measure.orderParameter).map(mean)); // { estimate: 0.7143, interval: [0.7001, 0.7285] }
 */
export const swendsenWang = (energy: Hamiltonian, options: ClusterOptions): Sampler<ClusterState> =>
  clusterSampler('swendsenWang', 'Swendsen-Wang', allClusters, energy, options);

function allClusters({ graph }: Hamiltonian, { sites }: ClusterEnergy, q: number): ClusterMove {
  const { nodeCount: N, edgeCount: E, endpoints } = graph;
  const [bondDraws, valueDraws] = [new Float64Array(E), new Float64Array(N)];
  const parent = new Int32Array(N);
  const [sizes, isHeld, fresh] = [new Int32Array(N), new Uint8Array(N), new Int32Array(N)];
  const energies = new Float64Array(sites ? N * q : 0);

  /** The root of a node's cluster; paths are halved on the way. */
  const rootOf = (node: number): number => {
    while (parent[node] !== node) node = parent[node] = parent[parent[node]];
    return node;
  };

  return ({ numbers, held, temperature, activation, key, step, chain }) => {
    uniforms(bondDraws, key, { step, purpose: Purpose.proposal, nodes: 1, firstNode: chain, lanes: E });
    uniforms(valueDraws, key, { step, purpose: Purpose.acceptance, nodes: 1, firstNode: chain, lanes: N });
    for (let i = 0; i < N; i++) parent[i] = i;
    for (let e = 0; e < E; e++) {
      const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
      if (numbers[i] !== numbers[j] || bondDraws[e] >= activation[e]) continue;
      const [a, b] = [rootOf(i), rootOf(j)];
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }

    sizes.fill(0);
    isHeld.fill(0);
    energies.fill(0);
    for (let i = 0; i < N; i++) {
      const root = rootOf(i);
      sizes[root]++;
      isHeld[root] |= held[i];
      if (sites) for (let v = 0; v < q; v++) energies[root * q + v] += sites[i * q + v];
    }

    let [changed, squares] = [0, 0];
    for (let i = 0; i < N; i++) {
      // a root comes before the rest of its cluster
      const root = parent[i] === i ? i : rootOf(i);
      if (root === i) {
        squares += sizes[i] ** 2;
        if (isHeld[i]) fresh[i] = numbers[i];
        else if (sites)
          fresh[i] = pickLabel(energies.subarray(i * q, (i + 1) * q), valueDraws[i], temperature);
        else fresh[i] = Math.floor(valueDraws[i] * q);
      }
      if (fresh[root] !== numbers[i]) changed++;
      numbers[i] = fresh[root];
    }
    return { changed, size: squares / N };
  };
}
