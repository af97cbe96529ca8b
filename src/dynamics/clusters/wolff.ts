// Wolff's algorithm: one cluster per step. From a node at random the cluster grows over bonds whose ends
// agree, each active with probability p = 1 - e^(-gap / T), and takes another value v' at random. With site
// terms the change is accepted with
//   min(1, e^(-(sum over its nodes of their site energies at v' less those at v) / T));
// a cluster that reaches a pinned node stays as it is. Source: Wolff, Phys. Rev. Lett. 62 (1989) 361,
// doi:10.1103/PhysRevLett.62.361.
import type { Hamiltonian } from '../../energies/index.js';
import { Purpose, type RandomSource, uniforms } from '../../randomness/index.js';
import type { ClusterEnergy } from './clusterEnergy.js';
import {
  type ClusterMove,
  type ClusterOptions,
  clusterSampler,
  type ClusterState,
  type ClusterStep,
} from './clusterSampler.js';
import type { Sampler } from '../sampler.js';
import { reduced } from '../singleSite/siteRule.js';

/**
 * A Wolff sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1, on any graph. A step is one cluster in
 * every chain: N / (mean cluster size) steps move as many nodes as a sweep; `meanClusterSize` has that size.
 * `acceptance` is the fraction of all nodes that change in a step.
 *
 * @throws as `swendsenWang`
 * @example
 * const ising = hamiltonian(torus(16, 16), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(dynamics.wolff(ising, { temperature: 2.269 }), { chains: 16, burnIn: 200, steps: 1000, every: 5, seed: 1 });
 * interval(observe(samples, measure.orderParameter).map(mean)); // { estimate: 0.7173, interval: [0.7091, 0.7255] }
 */
export const wolff = (energy: Hamiltonian, options: ClusterOptions): Sampler<ClusterState> =>
  clusterSampler('wolff', 'Wolff', oneCluster, energy, options);

function oneCluster({ graph }: Hamiltonian, { sites }: ClusterEnergy, q: number): ClusterMove {
  const { nodeCount: N, offsets, neighbours, edgeOf } = graph;
  const cluster = new Int32Array(N);
  const isIn = new Uint8Array(N);
  const block = new Float64Array(BLOCK);

  return (step) => {
    const { numbers, held, temperature, activation } = step;
    const draw = drawsOf(step, block);
    const first = Math.floor(draw() * N);
    const value = numbers[first];
    const other = Math.floor(draw() * (q - 1));
    const next = other < value ? other : other + 1;
    const accepts = draw();

    let [size, isHeld, cost] = [1, false, 0];
    cluster[0] = first;
    isIn[first] = 1;
    for (let at = 0; at < size; at++) {
      const i = cluster[at];
      isHeld ||= held[i] === 1;
      if (sites) cost += sites[i * q + next] - sites[i * q + value];
      for (let h = offsets[i]; h < offsets[i + 1]; h++) {
        const j = neighbours[h];
        if (numbers[j] !== value || isIn[j] || draw() >= activation[edgeOf[h]]) continue;
        isIn[j] = 1;
        cluster[size++] = j;
      }
    }
    if (Number.isNaN(cost)) throw new RangeError('the energy of the present state is infinite');
    const isTaken = !isHeld && accepts < Math.exp(-reduced(cost, temperature));
    for (let at = 0; at < size; at++) {
      isIn[cluster[at]] = 0;
      if (isTaken) numbers[cluster[at]] = next;
    }
    return { changed: isTaken ? size : 0, size };
  };
}

/** Uniforms drawn at a time. */
const BLOCK = 64;

/** The uniforms of one step of one chain, one after another: how many there are follows from the cluster. */
function drawsOf({ key, step, chain, chains }: ClusterStep, block: Float64Array): RandomSource {
  let count = 0;
  return () => {
    const at = count % BLOCK;
    if (at === 0) {
      const firstNode = (count / BLOCK) * chains + chain;
      uniforms(block, key, { step, purpose: Purpose.sequence, nodes: 1, firstNode, lanes: BLOCK });
    }
    count++;
    return block[at];
  };
}
