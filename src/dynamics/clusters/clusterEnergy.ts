// What cluster moves need of an energy, from its terms in float64: by how much each edge is lower where its
// ends agree, and the energy of each value at each node by site terms. A bond must treat all values alike:
//   E(v, v) the same for all v,   E(v, w) the same for all v != w,   gap = E(differ) - E(agree) >= 0.
// Source: Fortuin and Kasteleyn, Physica 57 (1972) 536, doi:10.1016/0031-8914(72)90045-6.
import { type Hamiltonian, notLocal } from '../../energies/index.js';
import { valueTable } from '../valueTable.js';

export interface ClusterEnergy {
  /** E(differ) - E(agree) of each edge. */
  readonly gaps: Float64Array;
  /** `[nodes, values]`: energy of each value at each node; undefined without site terms. */
  readonly sites: Float64Array | undefined;
}

/** Rounding error of a difference, as a share of the largest energy of an edge. */
const TOLERANCE = 1e-12;

/**
 * @throws TypeError for a term that is neither bond nor site, and for bonds that are not those of a
 * ferromagnet of equal values
 */
export function clusterEnergy(
  caller: string,
  { graph, terms }: Hamiltonian,
  values: Float64Array,
): ClusterEnergy {
  const reason = notLocal(terms);
  if (reason)
    throw new TypeError(`${caller}: ${reason}; clusters need bonds of pairs, and fields on single nodes`);
  const q = values.length;
  const bonds = new Float64Array(graph.edgeCount * q * q);
  let sites: Float64Array | undefined;
  for (const term of terms) {
    const isBond = term.code!.kind === 'bond';
    const all = isBond ? bonds : (sites ??= new Float64Array(graph.nodeCount * q));
    valueTable(term, graph, values).forEach((E, at) => {
      if (!Number.isNaN(E) && E !== -Infinity) return void (all[at] += E);
      const rule = Number.isNaN(E) ? 'not a number' : '-Infinity';
      const what = isBond
        ? `edge ${Math.floor(at / q ** 2)} is ${rule} for the values ${values[Math.floor(at / q) % q]} and ${values[at % q]}`
        : `node ${Math.floor(at / q)} is ${rule} for the value ${values[at % q]}`;
      throw new RangeError(`${caller}: the energy of the term "${term.name}" at ${what}`);
    });
  }
  for (let node = 0; sites && node < graph.nodeCount; node++) {
    if (sites.subarray(node * q, (node + 1) * q).every((E) => E === Infinity))
      throw new RangeError(`${caller}: the energy of every value at node ${node} is infinite`);
  }
  const gaps = Float64Array.from({ length: graph.edgeCount }, (_, e) => {
    const [a, b] = graph.endpoints.subarray(2 * e, 2 * e + 2);
    return gapOf(`${caller}: edge ${e} (${a}, ${b})`, bonds.subarray(e * q * q, (e + 1) * q * q), values);
  });
  return { gaps, sites };
}

/** E(differ) - E(agree) of the energies [values, values] of one edge. */
function gapOf(edge: string, energies: Float64Array, values: Float64Array): number {
  const q = values.length;
  const tolerance =
    TOLERANCE *
    energies.reduce((most, energy) => (Number.isFinite(energy) ? Math.max(most, Math.abs(energy)) : most), 0);
  const [agree, differ] = [energies[0], energies[1]];
  energies.forEach((energy, at) => {
    const [v, w] = [Math.floor(at / q), at % q];
    const expected = v === w ? agree : differ;
    if (energy === expected || Math.abs(energy - expected) <= tolerance) return;
    const pair = (a: number, b: number): string => `(${values[a]}, ${values[b]})`;
    throw new TypeError(
      `${edge} tells values apart: ${pair(v, w)} has the energy ${energy}, ${v === w ? pair(0, 0) : pair(0, 1)} has ${expected}; ` +
        'clusters need one energy for all equal pairs and one for all others (fields belong in site terms)',
    );
  });
  if (differ - agree < -tolerance) {
    throw new TypeError(
      `${edge} is lower by ${agree - differ} where its ends differ; clusters need a ferromagnet`,
    );
  }
  return Math.max(0, differ - agree);
}
