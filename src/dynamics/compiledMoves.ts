// Single-site moves by code compiled for the energy, on one thread or on all: the values stay in the program's memory.
import type { MoveRule } from '../codegen/index.js';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import type { Field } from '../field/index.js';
import { randomKey, type Key, type Seed } from '../random/index.js';
import { MoveStepper, StepperDied, type MoveDrive } from '../stepper/index.js';
import { samplerCard, savedStateCard } from './display.js';
import { checkField, initialField, type MoveSettings } from './interpretedMoves.js';
import { checkSaved, SamplerStopped, type Sampler, type ValuesShape } from './sampler.js';

export interface CompiledMoveState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  readonly stepper: MoveStepper;
}

export function compiledMoves(
  energy: Hamiltonian, rule: MoveRule, states: number | undefined, { caller, name, temperature, order }: MoveSettings & { readonly caller: string },
): Sampler<CompiledMoveState> {
  const nodes = energy.graph.nodeCount;
  const values = { caller, codomain: states === undefined ? 'spin' as const : 'potts' as const, ...(states === undefined ? {} : { states }) };

  const start = (at: Omit<CompiledMoveState, 'key' | 'stepper'>, field: Float32Array): CompiledMoveState => {
    const pinned = typeof at.gauge === 'object' ? at.gauge.pinned : [];
    const stepper = new MoveStepper(caller, energy, { rule, order, states: states ?? 'spin', chains: at.shape[2], pinned });
    stepper.load(field);
    return { ...at, key: randomKey(at.seed, caller), stepper };
  };
  /** The state in a memory of this sampler's program: another sampler may have made it. */
  const own = (state: CompiledMoveState): CompiledMoveState => {
    const { energy: before, setup } = state.stepper;
    const isOwn = before === energy && setup.rule === rule && setup.order === order && setup.states === (states ?? 'spin');
    return isOwn ? state : start(state, state.stepper.read());
  };
  const drive = ({ step, key }: CompiledMoveState): MoveDrive => ({ firstStep: step, key, temperature: (at) => temperature.at(at) });
  const after = (state: CompiledMoveState, steps: number): CompiledMoveState => ({ ...state, step: state.step + steps });

  return summarised<Sampler<CompiledMoveState>>({
    name,
    energy,
    temperature,
    initialField: (options) => initialField(values, nodes, options),

    init(field, seed) {
      checkField(values, field);
      if (field.components !== 1) throw new RangeError(`${caller}: engine 'wasm' moves fields of one component, got ${field.components}`);
      return start({ step: 0, seed, shape: [nodes, 1, field.chains], gauge: field.gauge }, field.values);
    },

    step(given) {
      const state = own(given);
      return after(state, state.stepper.runHere(1, drive(state)).steps);
    },

    async advance(given, steps, signal) {
      const state = own(given);
      const outcome = await state.stepper.run(steps, drive(state), signal).catch((error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, after(state, error.steps));
      });
      return after(state, outcome.steps);
    },

    read: async ({ stepper }) => stepper.read(),
    acceptance: () => undefined,

    save: async ({ step, seed, shape, gauge, stepper }) =>
      summarised({ sampler: name, seed, step, shape, gauge, arrays: { values: stepper.read() } }, savedStateCard),

    restore(saved) {
      checkSaved(name, nodes, saved);
      return start({ step: saved.step, seed: saved.seed, shape: saved.shape, gauge: saved.gauge }, Float32Array.from(saved.arrays['values']));
    },

    dispose() {},
  }, samplerCard);
}
