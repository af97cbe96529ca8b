// Errors that carry what a run has done: it was aborted, or it could not go on.
import { jupyterDisplay, type MimeBundle } from './bundle.js';
import { messageAbove } from './card.js';

const below = (message: string, partial: unknown): MimeBundle => {
  const show = (partial as { [jupyterDisplay]?: () => MimeBundle })[jupyterDisplay];
  return show ? messageAbove(message, show.call(partial)) : { 'text/plain': message };
};

/** Thrown when a signal aborts a run. The same call with `resume: error.partial` gives the result of a run without a stop. */
export class Aborted<Result> extends Error {
  override readonly name = 'AbortError';

  /** @param done in words: `3 records` */
  constructor(caller: string, done: string, readonly partial: Result) {
    super(`${caller}: aborted after ${done}; go on with resume: error.partial`);
  }

  [jupyterDisplay](): MimeBundle {
    return below(this.message, this.partial);
  }
}

/** Where a run could not go on, as far as it is known. */
export interface Failure {
  /** Steps done before. */
  readonly step?: number | undefined;
  readonly node?: number | undefined;
  readonly chain?: number | undefined;
  /** The name of the term of the energy. */
  readonly term?: string | undefined;
}

/** Thrown when a run cannot go on: `partial` is what was done, `cause` says why, and the rest where. */
export class RunFailed<Result> extends Error implements Failure {
  override readonly name = 'RunFailed';
  readonly step: number | undefined;
  readonly node: number | undefined;
  readonly chain: number | undefined;
  readonly term: string | undefined;

  constructor(override readonly cause: Error & Failure, readonly partial: Result) {
    super(`${cause.message} (error.partial holds what was done before)`, { cause });
    ({ step: this.step, node: this.node, chain: this.chain, term: this.term } = cause);
  }

  [jupyterDisplay](): MimeBundle {
    return below(this.message, this.partial);
  }
}
