// What samplers of compiled sweeps share: the values stay in the memory of a program, which one state after another moves
// on, on one thread or on all.
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import type { Field } from '../field/index.js';
import type { Outcome } from '../machine/index.js';
import { randomKey, type Key, type Seed } from '../random/index.js';
import { StepperDied, type MoveDrive } from '../stepper/index.js';
import { samplerCard, savedStateCard } from './display.js';
import { acceptedShare, checkField, initialField, type MoveSettings } from './interpretedMoves.js';
import { checkSaved, SamplerStopped, type Sampler, type ValuesShape } from './sampler.js';
import type { Schedule } from './schedule.js';

/** A program and its memory. */
export interface SweepStepper {
  /** [nodes, 1, chains] */
  load(values: Float32Array): void;
  read(): Float32Array;
  /** Accepted moves by chain, where they are counted. */
  readonly accepted?: Float64Array;
  runHere(steps: number, drive: MoveDrive): Outcome;
  run(steps: number, drive: MoveDrive, signal?: AbortSignal): Promise<Outcome>;
  dispose?(): void;
}

export interface SweepState<Stepper extends SweepStepper> {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  readonly stepper: Stepper;
}

export interface SweepSetup<Stepper extends SweepStepper> extends Omit<MoveSettings, 'order'> {
  readonly temperature: Schedule;
  readonly energy: Hamiltonian;
  /** What is moved, and who is to be named in errors. */
  readonly values: Parameters<typeof checkField>[0];
  /** Throws for a gauge that it cannot keep. */
  stepperFor(chains: number, gauge: Field['gauge']): Stepper;
  /** Whether it runs this sampler's program: another one may have made the state. */
  isOwn(stepper: Stepper): boolean;
}

export function compiledSweeps<Stepper extends SweepStepper>(
  { name, energy, temperature, values, stepperFor, isOwn }: SweepSetup<Stepper>,
): Sampler<SweepState<Stepper>> {
  type State = SweepState<Stepper>;
  const { caller } = values;
  const nodes = energy.graph.nodeCount;

  const start = (at: Omit<State, 'key' | 'stepper'>, field: Float32Array, accepted?: ArrayLike<number>): State => {
    const stepper = stepperFor(at.shape[2], at.gauge);
    stepper.load(field);
    if (accepted) stepper.accepted?.set(accepted);
    return { ...at, key: randomKey(at.seed, caller), stepper };
  };
  const own = (state: State): State => (isOwn(state.stepper) ? state : start(state, state.stepper.read(), state.stepper.accepted));
  const drive = ({ step, key }: State): MoveDrive => ({ firstStep: step, key, temperature: (at) => temperature.at(at) });
  const after = (state: State, steps: number): State => ({ ...state, step: state.step + steps });

  return summarised<Sampler<State>>({
    name,
    energy,
    temperature,
    initialField: (options) => initialField(values, nodes, options),

    init(field, seed) {
      checkField(values, field);
      if (field.components !== 1) throw new RangeError(`${caller}: compiled sweeps move fields of one component, got ${field.components}`);
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
    acceptance: ({ stepper: { accepted }, step }) => accepted && acceptedShare(accepted, step, nodes),

    save: async ({ step, seed, shape, gauge, stepper }) => {
      const { accepted } = stepper;
      const arrays = { values: stepper.read(), ...(accepted ? { accepted: accepted.slice() } : {}) };
      return summarised({ sampler: name, seed, step, shape, gauge, arrays }, savedStateCard);
    },

    restore(saved) {
      checkSaved(name, nodes, saved);
      const { step, seed, shape, gauge, arrays } = saved;
      return start({ step, seed, shape, gauge }, Float32Array.from(arrays['values']), arrays['accepted']);
    },

    dispose: ({ stepper }) => stepper.dispose?.(),
  }, samplerCard);
}
