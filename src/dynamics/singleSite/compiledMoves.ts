// Single-site moves by code compiled for the energy, on the processor or on the GPU.
import type { MoveRule } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { GpuMoveStepper, MoveStepper } from '../compiled/index.js';
import { compiledSweeps, type SweepState } from './compiledSweeps.js';
import type { MoveSettings } from './interpretedMoves.js';
import { byNodeOf } from '../langevin/nodeTemperature.js';
import type { Sampler } from '../sampler.js';

export type CompiledMoveState = SweepState<MoveStepper | GpuMoveStepper>;

const STEPPERS = { wasm: MoveStepper, webgpu: GpuMoveStepper };

export function compiledMoves(
  energy: Hamiltonian, rule: MoveRule, labels: number | undefined,
  { caller, order, engine, ...settings }: MoveSettings & { readonly caller: string; readonly engine: keyof typeof STEPPERS },
): Sampler<CompiledMoveState> {
  const states = labels ?? 'spin';
  const byNode = byNodeOf(settings.temperature);
  const values = { caller, codomain: labels === undefined ? 'spin' as const : 'potts' as const, ...(labels === undefined ? {} : { states: labels }) };

  return compiledSweeps({
    ...settings, energy, values,
    stepperFor(chains, gauge) {
      const pinned = typeof gauge === 'object' ? gauge.pinned : [];
      return new STEPPERS[engine](caller, energy, { rule, order, states, chains, pinned, byNode });
    },
    isOwn(stepper) {
      const { setup } = stepper;
      return stepper instanceof STEPPERS[engine] && stepper.energy === energy && setup.rule === rule && setup.order === order && setup.states === states && setup.byNode === byNode;
    },
  });
}
