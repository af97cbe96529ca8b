// Runs compiled programs on persistent threads, one run after another; the calling thread stays free. The
// interrupt of a cell may stop any function here half-way (V8 drops pending promises too), so the pool acts
// on its present state only: `#tend` does what is due, and is called again, at the latest by the timer of the
// run.
import { coreCount, hasThreads, startThread, type StartThread } from './threadHost.js';
import { interrupts } from './interrupts.js';
import { checkRun, type Outcome, type Run } from './run.js';
import { Team } from './team.js';

export interface PoolOptions {
  /** Aborting stops the run after a step: the promise resolves with the steps done. */
  readonly signal?: AbortSignal;
  /** Called regularly with the steps done; an error that it throws stops the run and rejects the promise. */
  readonly onProgress?: (steps: number) => void;
}

/** A thread has died. All have stopped; the memory may hold part of a step beyond `steps`. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied';
  constructor(
    readonly thread: number,
    threads: number,
    /** Done by all threads. */
    readonly steps: number,
    reason: string,
  ) {
    super(`Pool.run: thread ${thread + 1} of ${threads} died in step ${steps}: ${reason}`);
  }
}

interface Task {
  readonly run: Run;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  team?: Team;
  isStopped: boolean;
  /** Error of a run whose threads have not failed. */
  failure?: { readonly error: unknown };
  forget(): void;
}

/** Period of `#tend` during a run, ms. */
const TURN = 100;
const mostThreads = 256;

export class Pool {
  #threads: number | undefined;
  #team: Team | undefined;
  /** Runs in order; the first is under way. */
  readonly #queue = new Set<Task>();

  constructor(readonly start: StartThread = startThread) {}

  /** Number of threads: the number of cores, unless set. */
  get threads(): number {
    return this.#threads ?? Math.min(coreCount(), mostThreads);
  }

  /** Takes effect at the next run. */
  set threads(threads: number) {
    if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
      throw new RangeError(
        `setThreads: threads must be a whole number from 1 to ${mostThreads}, got ${threads}`,
      );
    }
    this.#threads = threads;
  }

  /**
   * Executes a run after those before it. An abort or an interrupt stops it after the same step on all
   * threads.
   *
   * @throws RangeError or TypeError for an invalid run; ThreadDied when an entry or a thread has failed
   */
  async run(run: Run, { signal, onProgress }: PoolOptions = {}): Promise<Outcome> {
    checkRun('Pool.run', run);
    if (!hasThreads()) throw new Error('Pool.run: threads cannot share memory here; runHere needs none');
    if (!(run.memory.buffer instanceof SharedArrayBuffer)) {
      throw new TypeError('Pool.run: the memory must be shared, got one that is not; runHere takes any');
    }
    if (signal?.aborted || run.steps === 0) return { steps: 0, code: 0 };
    return new Promise((resolve, reject) => {
      const abort = (): void => this.#stop(task);
      const look = (): void => {
        try {
          if (task.team) onProgress?.(task.team.control.steps);
        } catch (error) {
          task.failure = { error };
          abort();
        }
        this.#tend();
      };
      interrupts()?.add(this.#interrupt);
      const timer = setInterval(look, TURN); // it also keeps the process alive
      const forget = (): void => {
        clearInterval(timer);
        signal?.removeEventListener('abort', abort);
      };
      const task: Task = { run, resolve, reject, isStopped: false, forget };
      signal?.addEventListener('abort', abort);
      this.#queue.add(task);
      this.#tend();
    });
  }

  /** Ends the threads; rejects unfinished runs. */
  async close(): Promise<void> {
    for (const task of this.#queue) {
      task.failure = { error: new Error('Pool.close: the pool was closed before the run was done') };
      task.isStopped = true;
    }
    const team = this.#team;
    this.#dismiss();
    this.#tend();
    await team?.gone;
  }

  readonly #interrupt = (): void => {
    for (const task of this.#queue) this.#stop(task);
  };

  #stop(task: Task): void {
    task.isStopped = true;
    task.team?.control.stop();
    this.#tend();
  }

  readonly #tend = (): void => {
    for (const task of this.#queue)
      if (task.isStopped && !task.team) this.#settle(task, { steps: 0, code: 0 });
    for (const task of this.#queue) {
      const { team } = task;
      if (!team) {
        this.#begin(task);
        if (task.team) return;
      } else if (team.death) {
        team.end();
        if (!team.isGone) return; // no thread may write to the memory after the caller is notified
        const { thread, reason } = team.death;
        task.failure ??= { error: new ThreadDied(thread, team.size, team.control.steps, reason) };
        this.#settle(task);
      } else if (team.isIdle) {
        const { steps, code } = team.control;
        this.#settle(task, { steps, code });
      } else return;
    }
    interrupts()?.delete(this.#interrupt);
    if (this.#team?.isWorn || this.#team?.death) this.#dismiss();
  };

  #begin(task: Task): void {
    const now = this.#team;
    if (!now?.isIdle || now.death || now.isWorn || now.size !== this.threads) this.#dismiss();
    try {
      this.#team ??= new Team(this.threads, this.start, this.#tend);
      this.#team.order(task.run);
      task.team = this.#team;
    } catch (error) {
      task.failure = { error }; // the host cannot start a thread
      this.#settle(task);
    }
  }

  #dismiss(): void {
    this.#team?.end();
    this.#team = undefined;
  }

  #settle(task: Task, outcome: Outcome = { steps: 0, code: 0 }): void {
    if (task.failure) task.reject(task.failure.error);
    else task.resolve(outcome);
    task.forget();
    this.#queue.delete(task);
  }
}
