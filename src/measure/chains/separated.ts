// Samples on a disjoint union of graphs of equal size, turned into samples of more chains on one such graph:
// what is measured per chain is then measured per graph.
import { printAs } from '../../display/index.js';
import { requireCounts, samplesCard, type Samples } from '../../dynamics/index.js';
import { requireOneTemperature } from './samples.js';

/**
 * The samples of `parts` graphs side by side (`disjointUnion`), each of nodes / parts nodes, as chains: chain
 * part x chains + chain is that chain on that part. They have no state to resume from: resume the samples of
 * the union.
 *
 * @throws RangeError unless `parts` is a positive integer that divides the nodes; for temperatures by node
 * @example
 * const small = hamiltonian(graphs.disjointUnion(Array.from({ length: 16 }, () => ring(10))), [bond((a, b) => a.mul(b).sum().neg())]);
 * const wide = await sample(heatBath(small, { temperature: 2 }), { chains: 4, steps: 100, seed: 1 }); // 16 rings side by side
 * measure.separated(wide, 16).chains; // 64
 */
export function separated(samples: Samples, parts: number): Omit<Samples, 'state'> {
  const { states, nodes, chains, components } = samples;
  const size = nodes / parts;
  requireCounts('separated', samples);
  requireOneTemperature('separated', samples);
  if (!(Number.isInteger(parts) && parts > 0 && Number.isInteger(size))) {
    throw new RangeError(
      `separated: parts must be a positive integer that divides ${nodes} nodes, got ${parts}`,
    );
  }
  const lanes = parts * chains;
  const apart = (values: Float32Array): Float32Array => {
    const out = new Float32Array(values.length);
    for (let part = 0; part < parts; part++) {
      for (let at = 0; at < size * components; at++) {
        const from = (part * size * components + at) * chains;
        out.set(values.subarray(from, from + chains), at * lanes + part * chains);
      }
    }
    return out;
  };
  const { state: _state, graph: _graph, energy: _energy, ...rest } = samples; // those of the union
  return printAs(
    { ...rest, nodes: size, components, chains: lanes, states: states.map(apart), acceptance: undefined },
    samplesCard,
  );
}
