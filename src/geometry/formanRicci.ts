// Forman's Ricci curvature of an edge of an unweighted graph, by counting alone:
//   F(u, v) = 4 - deg u - deg v,   augmented: + 3 for each triangle on the edge
// Source: Forman, Discrete Comput. Geom. 29 (2003) 323, doi:10.1007/s00454-002-0743-x; Sreejith, Mohanraj,
// Jost, Saucan, Samal, J. Stat. Mech. (2016) 063206, doi:10.1088/1742-5468/2016/06/063206; augmented: Samal,
// Sreejith, Gu, Liu, Saucan, Jost, Sci. Rep. 8 (2018) 8650, doi:10.1038/s41598-018-27001-3.
import { type Graph, requireUnsigned, trianglesOf } from '../graphs/index.js';
import { byDefault, type OptionsOf, readOptions } from '../numerics/options.js';
import { aBoolean } from '../numerics/rules.js';

const formanOptions = {
  /** Whether triangles count; false by default. */
  augmented: byDefault(false, aBoolean),
};

/**
 * `[E]`: F of each edge, in the order of the input: whole numbers, independent of lengths and couplings.
 *
 * @example geometry.formanRicci(karateClub())[0]; // -21 = 4 - 16 - 9
 */
export function formanRicci(graph: Graph, options: OptionsOf<typeof formanOptions> = {}): Float64Array {
  requireUnsigned('formanRicci', graph);
  const { augmented } = readOptions('formanRicci', options, formanOptions);
  const { edgeCount, endpoints } = graph;
  const curvatures = Float64Array.from(
    { length: edgeCount },
    (_, edge) => 4 - graph.degree(endpoints[2 * edge]) - graph.degree(endpoints[2 * edge + 1]),
  );
  if (augmented) for (const edge of trianglesOf(graph).edges) curvatures[edge] += 3;
  return curvatures;
}
