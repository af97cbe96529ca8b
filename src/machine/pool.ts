// Runs compiled programs on threads that persist, one run after another; the calling thread stays free. An interrupted
// cell may cut off any function here half-way (V8 drops pending promises too), so the pool acts on how things stand:
// `#tend` does what is due, and is called again, at the latest by the timer of the run.
import { coreCount, hasThreads, startThread, type StartThread } from './host.js';
import { addInterrupt, removeInterrupt } from './interrupts.js';
import { checkRun, type Outcome, type Run } from './run.js';
import { Team } from './team.js';

export interface PoolOptions {
  /** Aborting stops the run after a step: the promise resolves with the steps done. */
  readonly signal?: AbortSignal;
  /** Called now and then with the steps done; what it throws stops the run and rejects the promise. */
  readonly onProgress?: (steps: number) => void;
}

/** A thread could not go on. All have stopped; the memory may hold half a step more than `steps`. */
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
  /** Why the run fails although its threads are well. */
  failure?: { readonly error: unknown };
  forget(): void;
}

/** How often a run is looked after, ms. */
const TURN = 100;
const mostThreads = 256;

export class Pool {
  readonly #start: StartThread;
  #threads: number | undefined;
  #team: Team | undefined;
  /** In order; the first is under way. */
  readonly #queue = new Set<Task>();

  constructor(start: StartThread = startThread) {
    this.#start = start;
  }

  /** As many as there are cores, unless set. */
  get threads(): number {
    return this.#threads ?? Math.min(coreCount(), mostThreads);
  }

  /** From the next run on. */
  set threads(threads: number) {
    if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
      throw new RangeError(`setThreads: threads must be a whole number from 1 to ${mostThreads}, got ${threads}`);
    }
    this.#threads = threads;
  }

  /**
   * Does a run when those before it are done. An abort or an interrupt stops it after the same step on all threads.
   *
   * @throws RangeError, TypeError: what is wrong with the run; ThreadDied when an entry or a thread has failed
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
      addInterrupt(this.#interrupt);
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

  /** Ends the threads; runs that are not done are rejected. */
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
    for (const task of this.#queue) if (task.isStopped && !task.team) this.#settle(task, { steps: 0, code: 0 });
    for (const task of this.#queue) {
      const { team } = task;
      if (!team) {
        this.#begin(task);
        if (task.team) return;
      } else if (team.death) {
        team.end();
        if (!team.isGone) return; // nobody writes to the memory any more when the caller hears of it
        const { thread, reason } = team.death;
        task.failure ??= { error: new ThreadDied(thread, team.size, team.control.steps, reason) };
        this.#settle(task);
      } else if (team.isIdle) {
        const { steps, code } = team.control;
        this.#settle(task, { steps, code });
      } else return;
    }
    removeInterrupt(this.#interrupt);
    if (this.#team?.isWorn || this.#team?.death) this.#dismiss();
  };

  #begin(task: Task): void {
    const now = this.#team;
    if (!now?.isIdle || now.death || now.isWorn || now.size !== this.threads) this.#dismiss();
    try {
      this.#team ??= new Team(this.threads, this.#start, this.#tend);
      this.#team.order(task.run);
      task.team = this.#team;
    } catch (error) {
      task.failure = { error }; // the host lets no thread be started
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
