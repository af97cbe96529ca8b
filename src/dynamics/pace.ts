// Steps of a run in strides of some 40 ms, between which the event loop has its turn: progress, aborts,
// interrupts. All runs of samplers go by it, and stop by it: `sample`, `drive`, `parallelTempering`.
import { Aborted, RunFailed } from '../display/index.js';
import { TURN, Turns } from '../runtime/turns.js';
import type { MaybePromise } from './makeSampler.js';
import { type AnyState, type Sampler, SamplerStopped } from './sampler.js';

/** What a run says and returns when it stops before its end. */
export interface Stop<State, Result> {
  readonly caller: string;
  readonly signal: AbortSignal | undefined;
  /** How far it came, in words. */
  where(state: State): string;
  /** What was done, up to the last whole state. */
  partial(state: State): MaybePromise<Result>;
}

export class Pace<State extends AnyState, Result> {
  #stride = 1;
  readonly #turns: Turns;

  /** @param onTurn called with the steps of the state, now and then */
  constructor(
    readonly stop: Stop<State, Result>,
    readonly onTurn?: (step: number) => void,
  ) {
    this.#turns = new Turns(stop.signal, 1);
  }

  /**
   * The state after this number of steps.
   * @throws Aborted<Result> where the signal or an interrupt stops it, RunFailed<Result>
   */
  async advance(sampler: Sampler<State>, from: State, steps: number): Promise<State> {
    const { caller, signal, where, partial } = this.stop;
    const last = from.step + steps;
    let [state, made, count] = [from, 0, 0];
    while (state.step < last && !signal?.aborted && made === count) {
      count = Math.min(this.#stride, last - state.step);
      const [start, before] = [performance.now(), state.step];
      state = await this.orFailed(sampler.advance(state, count, signal));
      made = state.step - before;
      const fitting = Math.floor((made * TURN) / (performance.now() - start));
      this.#stride = Math.max(1, Math.min(2 * this.#stride, fitting));
      if (made < count || !this.#turns.isDue) continue;
      this.onTurn?.(state.step);
      await this.#turns.take();
    }
    if (state.step < last) throw new Aborted(caller, where(state), await partial(state));
    return state;
  }

  orFailed<T>(work: Promise<T>): Promise<T> {
    return work.catch(async (error: unknown) => {
      throw error instanceof SamplerStopped
        ? new RunFailed(error.cause, await this.stop.partial(error.state as State))
        : error;
    });
  }
}
