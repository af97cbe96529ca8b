// Exact samples of systems that fall into independent variables: any density, by inversion on a grid.
import { bond, hamiltonian } from '../../src/energies/index.js';
import { fromEdges } from '../../src/graphs/index.js';
import type { ChainSamples } from '../../src/measure/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

/** Independent nodes of density exp(-U/T) on [-3, 3], by inversion on a grid. */
export function independentNodes(U: (x: number) => number, temperature: number): ChainSamples {
  const [nodes, chains, records, cells] = [4, 8, 150, 6000];
  const at = (cell: number): number => -3 + (6 * (cell + 0.5)) / cells;
  const sums = Float64Array.from({ length: cells }, (_, cell) => Math.exp(-U(at(cell)) / temperature));
  for (let cell = 1; cell < cells; cell++) sums[cell] += sums[cell - 1];
  const random = uniformGenerator('double well');
  const draw = (): number => {
    const u = random() * sums[cells - 1];
    return at(sums.findIndex((sum) => sum >= u)) + (random() - 0.5) * (6 / cells);
  };
  const states = Array.from({ length: records }, () => Float32Array.from({ length: nodes * chains }, draw));
  return {
    sampler: 'inversion',
    temperature,
    temperatures: [temperature],
    nodes,
    components: 1,
    chains,
    gauge: 'free',
    steps: [],
    states,
    acceptance: undefined,
  };
}

/** H = - sum cos(a - b) on a path of 4 nodes. */
export const angleEnergy = hamiltonian(
  fromEdges(4, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]),
  [bond((a, b) => a.sub(b).component(0).cos().neg())],
);

/** Its angles: sums of three independent differences of density exp(cos / T), with random windings. */
export function angleChain(temperature: number): ChainSamples {
  const steps = independentNodes((x) => (Math.abs(x) > Math.PI ? Infinity : -Math.cos(x)), temperature);
  const random = uniformGenerator('windings');
  const states = steps.states.map((state) => {
    const sums = state.slice();
    for (let at = steps.chains; at < sums.length; at++) sums[at] += sums[at - steps.chains];
    return sums.map((angle) => angle + 2 * Math.PI * Math.floor(3 * random()));
  });
  return { ...steps, states };
}
