// Variance of each mode of a graph: <(u_k . x)^2> over the records of a chain, averaged over components.
// In equilibrium under H = x . L x / 2 it is T / mu_k: the modes show a coarse step or a wrong coupling.
// Source: EMTD section 1.3 and Definition 1.2.
import { printAs } from '../../display/index.js';
import { requireCounts, type Samples } from '../../dynamics/index.js';
import { each, finite } from '../../numerics/rules.js';
import { seriesCard } from './samples.js';

/**
 * Mean squares of the amplitudes u_k . x, by chain and mode: [chains][modes], in units of the field squared.
 *
 * @param modes vectors u_k with one entry per node, as `laplacianModes(graph).modes`
 * @throws RangeError for no records, or modes of another length than the nodes
 * @example
 * const graph = ring(10);
 * const energy = hamiltonian(graph, [interaction({ J: 1 / 2 })]); // H = x . L x / 2
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.1 }), { burnIn: 500, steps: 20_000, every: 10, seed: 1 });
 * const { eigenvalues, modes } = graphs.laplacianModes(graph);
 * measure.modeVariances(samples, modes)[0][9] * eigenvalues[9]; // 0.9722
 */
export function modeVariances(
  samples: Pick<Samples, 'states' | 'nodes' | 'components' | 'chains'>,
  modes: readonly ArrayLike<number>[],
): Float64Array[] {
  requireCounts('modeVariances', samples);
  const { states, nodes, components, chains } = samples;
  if (states.length === 0) throw new RangeError('modeVariances: needs at least one record, got 0');
  const other = modes.findIndex((mode) => mode.length !== nodes);
  if (other >= 0)
    throw new RangeError(`modeVariances: mode ${other} needs ${nodes} entries, got ${modes[other].length}`);
  modes.forEach((mode, k) => each(finite)('modeVariances', `mode ${k}`, mode as never));
  const weight = 1 / (states.length * components);
  const variances = Array.from({ length: chains }, () => new Float64Array(modes.length));
  const amplitudes = new Float64Array(chains);
  for (const state of states) {
    for (let component = 0; component < components; component++) {
      modes.forEach((mode, k) => {
        amplitudes.fill(0);
        for (let node = 0; node < nodes; node++) {
          addScaled(amplitudes, mode[node], state, (node * components + component) * chains);
        }
        for (let c = 0; c < chains; c++) variances[c][k] += weight * amplitudes[c] ** 2;
      });
    }
  }
  return printAs(variances, seriesCard('mode'));
}

/** sum += factor * row, the row starting at `from` (a function of its own, which V8 optimises by itself). */
function addScaled(sum: Float64Array, factor: number, rows: Float32Array, from: number): void {
  for (let c = 0; c < sum.length; c++) sum[c] += factor * rows[from + c];
}
