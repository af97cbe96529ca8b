// The same step by hand in plain JavaScript: neighbour lists, float32 arrays, a short xorshift generator,
// Box-Muller.
import type { Graph } from '../../src/graphs/index.js';
import type { Contender } from './contender.js';
import { COMPONENTS, J, TEMPERATURE, TIME_STEP } from './problem.js';

export function plainArrays({ nodeCount, offsets, neighbours }: Graph, chains: number): Contender {
  const width = COMPONENTS * chains;
  const force = new Float32Array(width);
  let [from, to] = [new Float32Array(nodeCount * width), new Float32Array(nodeCount * width)];
  const [drift, amplitude] = [2 * J * TIME_STEP, Math.sqrt(2 * TEMPERATURE * TIME_STEP)];
  let bits = 123456789;
  const uniform = (): number => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return ((bits >>> 0) + 0.5) * 2 ** -32;
  };
  const step = (): void => {
    for (let i = 0; i < nodeCount; i++) {
      force.fill(0);
      for (let h = offsets[i]; h < offsets[i + 1]; h++) {
        const j = neighbours[h] * width;
        for (let k = 0; k < width; k++) force[k] += from[j + k] - from[i * width + k];
      }
      for (let k = 0; k < width; k += 2) {
        const radius = amplitude * Math.sqrt(-2 * Math.log(uniform()));
        const angle = 2 * Math.PI * uniform();
        to[i * width + k] = from[i * width + k] + drift * force[k] + radius * Math.cos(angle);
        to[i * width + k + 1] = from[i * width + k + 1] + drift * force[k + 1] + radius * Math.sin(angle);
      }
    }
    [from, to] = [to, from];
  };
  return {
    name: 'plain typed arrays',
    kind: 'other',
    threads: 1,
    run: async (steps) => {
      const start = performance.now();
      for (let n = 0; n < steps; n++) step();
      return { steps, seconds: (performance.now() - start) / 1000 };
    },
  };
}
