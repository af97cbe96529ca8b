// Single-site moves by code compiled for the energy.
import type { MoveRule } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { MoveStepper } from '../stepper/index.js';
import { compiledSweeps, type SweepState } from './compiledSweeps.js';
import type { MoveSettings } from './interpretedMoves.js';
import type { Sampler } from './sampler.js';

export type CompiledMoveState = SweepState<MoveStepper>;

export function compiledMoves(
  energy: Hamiltonian, rule: MoveRule, labels: number | undefined, { caller, order, ...settings }: MoveSettings & { readonly caller: string },
): Sampler<CompiledMoveState> {
  const states = labels ?? 'spin';
  const values = { caller, codomain: labels === undefined ? 'spin' as const : 'potts' as const, ...(labels === undefined ? {} : { states: labels }) };

  return compiledSweeps({
    ...settings, energy, values,
    stepperFor(chains, gauge) {
      const pinned = typeof gauge === 'object' ? gauge.pinned : [];
      return new MoveStepper(caller, energy, { rule, order, states, chains, pinned });
    },
    isOwn: ({ energy: before, setup }) => before === energy && setup.rule === rule && setup.order === order && setup.states === states,
  });
}
