// The exact ground state of an Ising ferromagnet in any fields, H = -sum over edges of J_ij s_i s_j - sum of
// h_i s_i, as a minimum cut: spins up on the side of a source, down on that of a sink; a cut edge costs 2
// J_ij, a spin against its field 2 |h_i|.
//   H = -sum of J_ij - sum of |h_i| + cut.
// Sources: Picard and Ratliff, Networks 5 (1975) 357, DOI 10.1002/net.3230050405; Greig, Porteous and
// Seheult, J. R. Stat. Soc. B 51 (1989) 271, DOI 10.1111/j.2517-6161.1989.tb01764.x.
import { card, countText, formatNumber, numeral, printAs } from '../../display/index.js';
import { type Graph, requireUnsigned } from '../../graphs/index.js';
import { byDefault, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { finite, oneOrEach } from '../../numerics/rules.js';
import { fieldsOf } from '../ising/ising.js';
import { sourceSide } from './minimumCut.js';

/** A state of least energy. */
export interface GroundState {
  /** The least value of H. */
  readonly energy: number;
  /** `[N]`: +-1; of all states of that energy the one with the fewest spins up. */
  readonly spins: Int8Array;
}

const groundStateOptions = {
  /** h, one for all nodes or one per node; 0 by default. */
  field: byDefault<number | ArrayLike<number>>(0, typed(oneOrEach(finite))),
};

/**
 * The exact ground state of a ferromagnet: the spins of least energy, as a minimum cut. Couplings are the
 * graph's, which must not be negative.
 *
 * @throws RangeError for fields that are not finite, or not one per node
 * @example
 * exact.groundState(ring(4), { field: [3, 0, -1, 0] }); // { energy: -6, spins: [1, 1, 1, 1] }
 */
export function groundState(graph: Graph, options: OptionsOf<typeof groundStateOptions> = {}): GroundState {
  requireUnsigned('groundState', graph);
  const { field } = readOptions('groundState', options, groundStateOptions);
  const fields = fieldsOf('groundState', graph, field);
  const side = sourceSide(
    graph,
    fields.map((h) => 2 * h),
    (edge) => 2 * graph.coupling(edge),
  );
  const spins = Int8Array.from(side, (up) => 2 * up - 1);
  let energy = -fields.reduce((sum, h, i) => sum + h * spins[i], 0);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    energy -= graph.coupling(edge) * spins[graph.endpoints[2 * edge]] * spins[graph.endpoints[2 * edge + 1]];
  }
  return printAs({ energy, spins }, groundStateCard);
}

const groundStateCard = ({ energy, spins }: GroundState) =>
  card(`Ground state of ${countText(spins.length, 'spin')}`, {
    energy: formatNumber(energy),
    'spins up': numeral(spins.reduce((up, s) => up + (s > 0 ? 1 : 0), 0)),
  });
