// The energies of a bond or a site term where its ends take each of a few values: all that spins and labels
// can meet.
import type { LocalTerm } from '../codegen/index.js';
import { type Term, ParameterTable } from '../energies/index.js';
import { compile } from '../expressions/index.js';
import type { Graph } from '../graphs/index.js';

/** Row by row in float64: [nodes, values] of a site term, [edges, values, values] of a bond. */
export function valueTable(
  { name, code, parameters }: Term,
  { nodeCount, edgeCount }: Graph,
  values: Float64Array,
): Float64Array {
  const term = code as LocalTerm;
  const isBond = term.kind === 'bond';
  const symbols = term.parameters.map(({ symbol }) => symbol);
  const table = new ParameterTable(
    name,
    symbols,
    Object.values(parameters),
    isBond ? edgeCount : nodeCount,
    isBond ? 'edge' : 'node',
  );
  const ends = isBond ? [[term.own], [term.other]] : [[term.own]];
  const f = compile([term.formula], [...ends, symbols], 1);
  const q = values.length;
  const states = q ** ends.length;
  const rows = isBond ? edgeCount : nodeCount;
  const out = new Float64Array(rows * states);
  const once = table.stride === 0 ? Math.min(1, rows) : rows; // equal parameters, equal rows
  for (let row = 0, at = 0; row < once; row++) {
    const place = row * table.stride;
    for (let v = 0; v < q; v++) {
      if (!isBond) f(out, at++, values, v, table.values, place);
      else for (let w = 0; w < q; w++) f(out, at++, values, v, values, w, table.values, place);
    }
  }
  for (let row = once; row < rows; row++) out.copyWithin(row * states, 0, states);
  return out;
}
