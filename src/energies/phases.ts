// How many numbers each phase of a compiled program counts, and where its range may be divided among threads.
import { type PhaseRange, SUM_BLOCK, type StepPhase } from '../codegen/index.js';
import type { Phase } from '../runtime/index.js';

/** Nodes that one thread takes at a time. */
const GRAIN = 64;

/** The phases with their ranges, for so many nodes, nodes that are held, and chains. */
export function phasesOf(
  phases: readonly StepPhase[],
  { nodes, pinned, chains }: Readonly<Record<'nodes' | 'pinned' | 'chains', number>>,
): Phase[] {
  const ranges: Readonly<Record<PhaseRange, Omit<Phase, 'entry'>>> = {
    nodes: { size: nodes, grain: GRAIN },
    blocks: { size: nodes, grain: SUM_BLOCK },
    pinned: { size: pinned, grain: 1 },
    chainSets: { size: Math.ceil(chains / 4), grain: 1 },
    one: { size: 1, grain: 1 },
  };
  return phases.map(({ entry, over }) => ({ entry, ...ranges[over] }));
}
