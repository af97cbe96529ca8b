// What the steps of a whole field read, on any machine: the tables of the energy, the nodes that are held,
// and numbers.
import { SUM_BLOCK, type Gauge, type StepShape } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { tablesOf } from '../../energy/tables.js';
import type { Field } from '../../field/index.js';
import type { Phase } from '../../runtime/index.js';

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

/** Nodes that one thread takes at a time. */
const GRAIN = 64;

/** The range of each entry of a program; the entry of a gauge ends in the name of what it acts on. */
export function phasesOf(entries: readonly string[], nodes: number, pinned: number, chains: number): Phase[] {
  return entries.map((entry) => {
    switch (entry.replace(/Of.*/, '')) {
      case 'pin':
        return { entry, size: pinned, grain: 1 };
      case 'batch':
        return { entry, size: Math.ceil(chains / 4), grain: 1 };
      case 'globalSums':
      case 'partialSums':
      case 'blockSums':
      case 'ratios':
        return { entry, size: nodes, grain: SUM_BLOCK };
      case 'lambdas':
      case 'means':
      case 'decide':
      case 'settle':
        return { entry, size: 1, grain: 1 };
      default:
        return { entry, size: nodes, grain: GRAIN };
    }
  });
}
