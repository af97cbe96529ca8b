// A run of a sampler: `sample`, `drive`, `parallelTempering`. It goes in strides of some 40 ms, so that compiled
// code and the GPU have enough to do between two turns of the event loop.
import { RunFailed } from '../display/index.js';
import { LongRun, type Stop, TURN } from '../runtime/index.js';
import { type AnyState, type Sampler, SamplerStopped } from './sampler.js';

export class SamplerRun<State extends AnyState, Result> extends LongRun<Result, State> {
  #stride = 1;

  /** @param onTurn called with the steps of the state, now and then */
  constructor(
    stop: Stop<Result, State>,
    readonly onTurn?: (step: number) => void,
  ) {
    super(stop);
  }

  /**
   * The state after this number of steps.
   * @throws Aborted<Result> where the signal or an interrupt stops it, RunFailed<Result>
   */
  async advance(sampler: Sampler<State>, from: State, steps: number): Promise<State> {
    const last = from.step + steps;
    let [state, made, count] = [from, 0, 0];
    while (state.step < last && !this.isAborted && made === count) {
      count = Math.min(this.#stride, last - state.step);
      const [start, before] = [performance.now(), state.step];
      state = await this.orFailed(sampler.advance(state, count, this.signal));
      made = state.step - before;
      const fitting = Math.floor((made * TURN) / (performance.now() - start));
      this.#stride = Math.max(1, Math.min(2 * this.#stride, fitting));
      if (made < count || !this.isLate) continue;
      this.onTurn?.(state.step);
      await this.take();
    }
    if (state.step < last) throw await this.aborted(state);
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
