// A run is many steps on this thread. Every 40 ms the event loop has its turn, so that progress shows, and
// aborts and interrupts come through. An aborted run throws Aborted with what it has done up to its last whole
// step; the same call goes on from there. What a step is and what is kept of it, each run says itself.
import { Aborted } from '../display/index.js';
import { nextTurn } from '../files/nextTurn.js';

/** Milliseconds between two turns. */
export const TURN = 40;

export class Turns {
  #last = performance.now();
  #steps = 0;

  constructor(readonly signal: AbortSignal | undefined) {}

  /** Whether a turn is due. */
  get isLate(): boolean {
    return this.isAborted || performance.now() - this.#last > TURN;
  }

  /** The same after short steps: call it once per step, it looks at the clock after every 16. */
  get isDue(): boolean {
    return this.isAborted || (++this.#steps % 16 === 0 && this.isLate);
  }

  get isAborted(): boolean {
    return this.signal?.aborted === true;
  }

  /** Gives the event loop its turn. */
  async take(): Promise<void> {
    await nextTurn();
    this.#last = performance.now();
  }
}

/** What a run says and returns when it stops before its end. */
export interface Stop<Result, State = void> {
  readonly caller: string;
  readonly signal: AbortSignal | undefined;
  /** How far it came, in words. */
  where(partial: Result): string;
  /** What was done, up to the last whole state. */
  partial(state: State): Result | Promise<Result>;
}

export class LongRun<Result, State = void> extends Turns {
  constructor(readonly stop: Stop<Result, State>) {
    super(stop.signal);
  }

  /** Gives the event loop its turn. @throws Aborted<Result> */
  async turn(state: State): Promise<void> {
    await this.take();
    if (this.isAborted) throw await this.aborted(state);
  }

  async aborted(state: State): Promise<Aborted<Result>> {
    const { caller, where, partial } = this.stop;
    const done = await partial(state);
    return new Aborted(caller, where(done), done);
  }
}
