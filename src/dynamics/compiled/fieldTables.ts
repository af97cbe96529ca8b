// What the steps of a whole field read, on any machine: the tables of the energy, the nodes that are held,
// and numbers.
import { SUM_BLOCK, type Gauge, type StepShape } from '../../codegen/index.js';
import { type Hamiltonian, tablesOf } from '../../energies/index.js';
import type { Field } from '../../fields/index.js';

export interface StepperShape extends StepShape {
  readonly gauge: Field['gauge'];
}

export function fieldTables({ graph, terms }: Hamiltonian, { components, chains, gauge }: StepperShape) {
  const nodes = graph.nodeCount;
  const width = components * chains;
  const sumBlocks = Math.ceil(nodes / SUM_BLOCK);
  const { arrays, numbers } = tablesOf(graph, terms, chains);
  const kind: Gauge = typeof gauge === 'object' ? 'pinned' : gauge;
  return {
    arrays,
    kind,
    width,
    sumBlocks,
    nodes,
    /** Numbers of the field. */
    length: nodes * width,
    pinned: Int32Array.from(typeof gauge === 'object' ? gauge.pinned : []),
    words: { width, sumBlocks, nodes, edges: graph.edgeCount },
    floats: { ...numbers, perNode: 1 / nodes },
  };
}
