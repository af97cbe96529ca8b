// Steps in strides of some 40 ms, between which the event loop has its turn: progress, aborts, interrupts.
import { TURN } from './makeSampler.js';
import type { AnyState, Sampler } from './sampler.js';

export class Pace<State extends AnyState> {
  #stride = 1;
  #turn = performance.now();

  /** @param onTurn called with the steps of the state, now and then */
  constructor(readonly sampler: Sampler<State>, readonly signal: AbortSignal | undefined, readonly onTurn?: (step: number) => void) {}

  /** So many steps, fewer where the signal or an interrupt stops them. @throws SamplerStopped */
  async advance(from: State, steps: number): Promise<State> {
    let state = from;
    const last = from.step + steps;
    while (state.step < last && !this.signal?.aborted) {
      const count = Math.min(this.#stride, last - state.step);
      const [start, before] = [performance.now(), state.step];
      state = await this.sampler.advance(state, count, this.signal);
      const made = state.step - before;
      if (made < count) return state;
      const now = performance.now();
      this.#stride = Math.max(1, Math.min(2 * this.#stride, Math.floor((made * TURN) / (now - start))));
      if (now - this.#turn <= TURN) continue;
      this.onTurn?.(state.step);
      await new Promise(setImmediate);
      this.#turn = performance.now();
    }
    return state;
  }
}
