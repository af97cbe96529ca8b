// What samplers of compiled sweeps share: the values stay in the memory of a program, which one state after another moves
// on, on one thread or on all.
import type { Hamiltonian } from '../../energy/index.js';
import type { Field } from '../../field/index.js';
import { StepperDied, type MoveDrive, type Swept } from '../compiled/index.js';
import { sweptEnergyNotANumber } from '../energyNotANumber.js';
import { acceptedShare, checkField, initialField, type MoveSettings } from './interpretedMoves.js';
import { makeSampler, type Place } from '../makeSampler.js';
import { SamplerStopped, type Sampler } from '../sampler.js';

/** A program and its memory. */
export interface SweepStepper {
  /** [nodes, 1, chains] */
  load(values: Float32Array): void;
  read(): Float32Array;
  /** Accepted moves by chain, where they are counted. */
  readonly accepted?: Float64Array;
  run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Swept<Float32Array>>;
  dispose?(): void;
}

export type SweepState<Stepper extends SweepStepper> = Place & { readonly stepper: Stepper };

export interface SweepSetup<Stepper extends SweepStepper> extends Omit<MoveSettings, 'order'> {
  readonly energy: Hamiltonian;
  /** What is moved, and who is to be named in errors. */
  readonly values: Parameters<typeof checkField>[0];
  /** Throws for a gauge that it cannot keep. */
  stepperFor(chains: number, gauge: Field['gauge']): Stepper;
  /** Whether it runs this sampler's program: another one may have made the state. */
  isOwn(stepper: Stepper): boolean;
}

export function compiledSweeps<Stepper extends SweepStepper>(
  { name, energy, temperature, values: moved, stepperFor, isOwn }: SweepSetup<Stepper>,
): Sampler<SweepState<Stepper>> {
  type State = SweepState<Stepper>;
  const { caller, states } = moved;
  const possible = states === undefined ? [-1, 1] : Array.from({ length: states }, (_, label) => label);

  const start = ({ shape, gauge }: Place, field: Float32Array, accepted?: ArrayLike<number>): { readonly stepper: Stepper } => {
    const stepper = stepperFor(shape[2], gauge);
    stepper.load(field);
    if (accepted) stepper.accepted?.set(accepted);
    return { stepper };
  };
  const own = (state: State): State =>
    (isOwn(state.stepper) ? state : { ...state, ...start(state, state.stepper.read(), state.stepper.accepted) });
  const after = (state: State, steps: number): State => ({ ...state, step: state.step + steps });

  return makeSampler<State>({
    caller, name, energy, temperature,
    initialField: (options) => initialField(moved, energy.graph.nodeCount, options),
    check(field) {
      checkField(moved, field);
      if (field.components !== 1) throw new RangeError(`${caller}: compiled sweeps move fields of one component, got ${field.components}`);
    },
    start: (place, { values, accepted }) => start(place, Float32Array.from(values), accepted),

    async advance(given, steps, signal) {
      const state = own(given);
      const { stepper, step, key, shape } = state;
      const drive: MoveDrive = { firstStep: step, key, temperature: (at) => temperature.at(at) };
      const { steps: made, code, broken } = await stepper.run(steps, drive, signal).catch((error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, after(state, error.steps));
      });
      const next = after(state, made);
      if (code === 0) return next;
      const fields = [stepper.read(), ...(broken ? [broken] : [])];
      throw new SamplerStopped(sweptEnergyNotANumber(caller, energy, { fields, chains: shape[2], values: possible, step: next.step }), next);
    },

    values: ({ stepper }) => stepper.read(),
    others: ({ stepper: { accepted } }): Record<string, Float64Array> => (accepted ? { accepted: accepted.slice() } : {}),
    load(state, values) {
      state.stepper.load(values);
      return state;
    },
    acceptance: ({ stepper: { accepted }, step }) => accepted && acceptedShare(accepted, step, energy.graph.nodeCount),
    dispose: ({ stepper }) => stepper.dispose?.(),
  });
}
