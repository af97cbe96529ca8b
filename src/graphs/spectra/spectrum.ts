// Spectra and modes of the Laplacian, by ml-matrix's symmetric eigenvalue decomposition.
import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';
import { card, countText, formatNumber, numeral, printAs, sparkline } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import type { Graph } from '../graph.js';
import { denseLaplacian } from './laplacian.js';

/**
 * The N eigenvalues of the Laplacian, ascending: one exact zero for each component, then the relaxation rates
 * of H = x . L x / 2. The second is the spectral gap (algebraic connectivity).
 *
 * @throws RangeError above 2048 nodes; the cost grows as N^3 (0.2 s at N = 200, 9 s at N = 1000)
 * @example graphs.laplacianSpectrum(ring(50, 4))[1]; // 0.07860 = 4 - 2 cos(2 pi / 50) - 2 cos(4 pi / 50)
 */
export function laplacianSpectrum(graph: Graph): Float64Array {
  return eigenvalues(denseLaplacian('laplacianSpectrum', graph)).fill(0, 0, graph.componentCount);
}

/** L u_k = mu_k u_k: eigenvalues ascending, and orthonormal u_k of N entries each. */
export interface LaplacianModes {
  readonly eigenvalues: Float64Array;
  readonly modes: readonly Float64Array[];
}

/**
 * The Laplacian's eigenvalues with their modes: the coordinates u_k . x in which H = x . L x / 2 is a sum of
 * independent springs. In a connected graph mode 0 is constant, 1 / sqrt(N).
 *
 * @throws RangeError above 2048 nodes; the cost grows as N^3
 * @example graphs.laplacianModes(complete(4)).eigenvalues; // [0, 4, 4, 4]
 */
export function laplacianModes(graph: Graph): LaplacianModes {
  const L = denseLaplacian('laplacianModes', graph);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(L, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  return printAs(
    {
      eigenvalues: Float64Array.from(order, (k) => realEigenvalues[k]).fill(0, 0, graph.componentCount),
      modes: order.map((k) => Float64Array.from(eigenvectorMatrix.getColumn(k))),
    },
    modesCard,
  );
}

/**
 * The eigenvalues, ascending, of the Laplacian without the rows and columns of the `pinned` nodes: the
 * relaxation rates of H = x . L x / 2 while those nodes are fixed. The smallest is the rate at which a
 * stubborn node imposes its value on all others.
 *
 * @throws RangeError above 2048 nodes, for a node out of range, and if all nodes are pinned
 * @example graphs.groundedSpectrum(ring(50, 4), [0])[0]; // 0.01838
 */
export function groundedSpectrum(graph: Graph, pinned: Iterable<number>): Float64Array {
  const L = denseLaplacian('groundedSpectrum', graph);
  const fixed = new Set(pinned);
  for (const node of fixed) requireInteger('groundedSpectrum', 'pinned node', node, 0, graph.nodeCount - 1);
  const free = Array.from({ length: graph.nodeCount }, (_, node) => node).filter((node) => !fixed.has(node));
  if (free.length === 0) throw new RangeError('groundedSpectrum: at least one node must be free, got none');
  return eigenvalues(L.selection(free, free));
}

function eigenvalues(symmetric: Matrix): Float64Array {
  const { realEigenvalues } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues).toSorted();
}

function modesCard({ eigenvalues, modes }: LaplacianModes) {
  const gap = eigenvalues.find((mu) => mu > 0);
  return card(
    `${countText(modes.length, 'Laplacian mode')}`,
    {
      'spectral gap': gap === undefined ? undefined : formatNumber(gap),
      'largest eigenvalue': formatNumber(eigenvalues.at(-1)!),
      'zero eigenvalues': numeral(eigenvalues.filter((mu) => mu === 0).length),
    },
    sparkline([eigenvalues]),
    'eigenvalues, ascending',
  );
}
