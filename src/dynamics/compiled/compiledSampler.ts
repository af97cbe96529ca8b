// A sampler whose state lies in the memory of a compiled program, which every step overwrites.
import { StepperDied, type Stepped } from './runs.js';
import {
  type Arrays,
  makeSampler,
  type MaybePromise,
  type RunPosition,
  type Recipe,
} from '../makeSampler.js';
import { type Numbers, type Sampler, SamplerStopped } from '../sampler.js';

/** A program and its memory; on the GPU it answers by promises. */
export interface Stepper<Drive> {
  /** [nodes, components, chains] */
  load(values: Float32Array): void;
  read(): MaybePromise<Float32Array>;
  /** Accepted moves by chain, where they are counted. */
  readonly accepted?: Float64Array;
  run(steps: number, drive: Drive, signal?: AbortSignal): Promise<Stepped>;
  dispose?(): void;
}

export interface CompiledState<Program> extends RunPosition {
  readonly stepper: MaybePromise<Program>;
  readonly madeFor: readonly unknown[];
}

type Common =
  | 'caller'
  | 'name'
  | 'energy'
  | 'temperature'
  | 'law'
  | 'byGradient'
  | 'initialField'
  | 'check'
  | 'checkStart'
  | 'needs'
  | 'attempts';

interface CompiledRecipe<Program extends Stepper<Drive>, Drive, Kept>
  extends Pick<Recipe<RunPosition>, Common> {
  /**
   * What a program is made for. A state of another sampler whose program was made for something else gets a
   * new program.
   */
  readonly madeFor: readonly unknown[];
  readonly kept?: Kept;
  /** A program that has loaded the arrays. */
  stepperFor(place: RunPosition, arrays: Arrays): MaybePromise<Program>;
  drive(place: RunPosition): Drive;
  /** What is saved besides the values and the accepted moves. */
  others?(place: RunPosition, stepper: Program): Promise<Readonly<Record<string, Numbers>>>;
  /** Why a run has stopped with a code, `place` after the last whole step. */
  failure(place: RunPosition, stepper: Program, stopped: Stepped): MaybePromise<Error>;
  /** The program with another field; by default, where the program is there at once, it loads the values. */
  load?(place: RunPosition, stepper: MaybePromise<Program>, values: Float32Array): MaybePromise<Program>;
}

export function compiledSampler<Program extends Stepper<Drive>, Drive, Kept = unknown>(
  recipe: CompiledRecipe<Program, Drive, Kept>,
): Sampler<CompiledState<Program> & Kept> {
  type State = CompiledState<Program> & Kept;
  const { madeFor, kept } = recipe;
  const start = (place: RunPosition, arrays: Arrays) => ({
    stepper: recipe.stepperFor(place, arrays),
    madeFor,
    ...kept,
  });
  const accepted = ({ stepper }: State): Float64Array | undefined =>
    stepper instanceof Promise ? undefined : stepper.accepted;
  const others = async (state: State): Promise<Readonly<Record<string, Numbers>>> =>
    (await recipe.others?.(state, await state.stepper)) ?? {};

  const own = async (state: State): Promise<State> => {
    if (madeFor.every((part, k) => part === state.madeFor[k])) return { ...state, ...kept };
    const from = await state.stepper;
    const arrays = {
      values: await from.read(),
      accepted: accepted(state),
      ...(await others(state)),
    } as Arrays;
    from.dispose?.();
    return { ...state, ...start(state, arrays) };
  };

  return makeSampler<State>({
    ...recipe,
    accepted,
    others,
    start: (place, arrays) => start(place, arrays) as unknown as Omit<State, keyof RunPosition>,

    async advance(given, count, signal) {
      const state = await own(given);
      const stepper = await state.stepper;
      const after = (steps: number): State => ({ ...state, step: state.step + steps });
      const stopped = await stepper.run(count, recipe.drive(state), signal).catch((error: unknown) => {
        throw error instanceof StepperDied ? new SamplerStopped(error, after(error.steps)) : error;
      });
      const next = after(stopped.steps);
      if (stopped.code !== 0) throw new SamplerStopped(await recipe.failure(next, stepper, stopped), next);
      return next;
    },

    values: async ({ stepper }) => (await stepper).read(),
    load(state, values) {
      if (recipe.load) return { ...state, stepper: recipe.load(state, state.stepper, values) };
      (state.stepper as Program).load(values);
      return state;
    },
    // the error has reached the code that awaits the program
    dispose: ({ stepper }) =>
      void Promise.resolve(stepper).then(
        (ready) => ready.dispose?.(),
        () => {},
      ),
  });
}
