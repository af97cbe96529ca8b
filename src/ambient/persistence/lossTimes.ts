// The time at which every node first changes its value: heat bath in continuous time, every node with a clock
// of rate one, from the present of the whole network. It tests the local prediction by `finality`. Row AE-4.
import type { Hamiltonian } from '../../energies/index.js';
import { pickLabel } from '../../dynamics/index.js';
import { readOptions } from '../../numerics/options.js';
import { defaultSeed, randomInteger, uniformGenerator } from '../../randomness/index.js';
import { lossOptions, type LossOptions, valuesOf, requireValues } from './finality.js';

/**
 * The time at which each node first changes its value, under heat bath in continuous time.
 *
 * @param state [nodes], the present
 * @returns [nodes], in sweeps; Infinity for a value kept until `time`
 * @throws as `finality`
 * @example
 * const ising = hamiltonian(ring(20), [bond((a, b) => a.mul(b).sum().neg())]);
 * const times = ambient.lossTimes(ising, new Float64Array(20).fill(1), { temperature: 1, time: 5, seed: 1 });
 * times.filter((time) => time === Infinity).length; // 13
 */
export function lossTimes(energy: Hamiltonian, state: ArrayLike<number>, options: LossOptions): Float64Array {
  const { temperature, time, states, seed = defaultSeed() } = readOptions('lossTimes', options, lossOptions);
  const values = valuesOf('lossTimes', energy, state, states);
  const { nodeCount } = energy.graph;
  requireValues('lossTimes', values, state, Array(nodeCount).keys());
  const random = uniformGenerator(seed, 'loss times');
  const now = Float64Array.from(state);
  const moves = energy.track(now);
  const losses = new Float64Array(nodeCount).fill(Infinity);
  const [energies, value] = [new Float64Array(values.length), new Float64Array(1)];
  for (let t = -Math.log1p(-random()) / nodeCount; t < time; t -= Math.log1p(-random()) / nodeCount) {
    const node = randomInteger(random, nodeCount);
    values.forEach((each, v) => {
      value[0] = each;
      energies[v] = each === now[node] ? 0 : moves.change(node, value);
    });
    value[0] = values[pickLabel(energies, random(), temperature)];
    if (value[0] === now[node]) continue;
    losses[node] = Math.min(losses[node], t);
    moves.commit(node, value);
  }
  return losses;
}
