// The identity of an energy, for saved states and samples: SHA-256 over the graph's hash and, term by term,
// the formulas as tapes of operations and the parameters in float64. Names of parameters are labels and do
// not count. Values by edge stand in the order of the edges' ends, and those that are oriented go from the
// lower end to the higher: one energy has one hash, however its edges are listed.
import { Expression, tape } from '../expressions/index.js';
import type { Graph } from '../graphs/index.js';
import { Sha256 } from '../numerics/sha256.js';
import { isOriented, valuesOf } from './parameters.js';
import type { Term } from './term.js';

export function energyHash(graph: Graph, terms: readonly Term[]): string {
  const digest = new Sha256().add(`energy on ${graph.hash}\n`);
  for (const term of terms) {
    digest.add(`${term.indexedBy} ${formulaText(term)}\n`);
    for (const parameter of Object.values(term.parameters)) {
      const values = valuesOf(parameter);
      const isOne = typeof values === 'number';
      digest.add(`${isOne ? 'one' : isOriented(parameter) ? 'oriented' : 'each'}\n`);
      const own = isOne ? Float64Array.of(values) : Float64Array.from(values);
      digest.add(isOne || term.indexedBy !== 'edge' ? own : inOrder(graph, own, isOriented(parameter)));
    }
  }
  return digest.hex();
}

/**
 * The formulas of the term's code, with symbols by their place; of a term without code its name and the text
 * of its function.
 */
function formulaText({ code, name, source, latex }: Term): string {
  if (!code) return JSON.stringify([name, latex(), source ?? '']);
  const found: Expression[] = [];
  const placeOf = (each: Expression): number =>
    found.includes(each) ? found.indexOf(each) : found.push(each) - 1;
  const written = (value: unknown): string =>
    JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, as: unknown) {
      const own = this[key];
      if (own instanceof Expression) return placeOf(own);
      if (typeof own === 'number') return Object.is(own, -0) ? '-0' : String(own);
      return key === 'op' && typeof own === 'object' ? (own as { name: string }).name : as;
    });
  // a bond's symmetry follows from the formula, and the name is a label
  const shape = written({ ...code, name: '', isSymmetric: undefined });
  const { instructions, outputs } = tape(found);
  return `${shape} ${written([instructions, outputs])}`;
}

/** One value per edge (a, b), a < b, in ascending order. */
function inOrder(
  { nodeCount, offsets, neighbours, edgeOf, endpoints }: Graph,
  values: Float64Array,
  turns: boolean,
): Float64Array {
  const out = new Float64Array(values.length);
  let at = 0;
  for (let a = 0; a < nodeCount; a++) {
    for (let h = offsets[a]; h < offsets[a + 1]; h++) {
      if (neighbours[h] < a) continue;
      const edge = edgeOf[h];
      out[at++] = turns && endpoints[2 * edge] !== a ? -values[edge] : values[edge];
    }
  }
  return out;
}
