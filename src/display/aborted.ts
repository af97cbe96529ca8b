// Errors that carry what a run has done: it was aborted, or it could not go on.
import { jupyterDisplay, type MimeBundle } from './bundle.js';
import { escapeHtml } from './htmlTable.js';

/** The message above the display of what was done. */
function messageAbove(message: string, partial: unknown): MimeBundle {
  const show = (partial as { [jupyterDisplay]?: () => MimeBundle })[jupyterDisplay];
  if (show === undefined) return { 'text/plain': message };
  const { 'text/html': html, 'text/plain': text } = show.call(partial);
  return { 'text/html': `<p>${escapeHtml(message)}</p>${String(html)}`, 'text/plain': `${message}\n${text}` };
}

/** Thrown when a signal aborts a run. The same call with `resume: error.partial` gives the result of a run without a stop. */
export class Aborted<Result> extends Error {
  override readonly name = 'AbortError';

  /** @param done in words: `3 records` */
  constructor(caller: string, done: string, readonly partial: Result) {
    super(`${caller}: aborted after ${done}; go on with resume: error.partial`);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, this.partial);
  }
}

/** Where a run could not go on, as far as it is known: the steps done before, the node, the chain, the term of the energy. */
type Place = Partial<Readonly<Record<'step' | 'node' | 'chain', number> & Record<'term', string>>>;

/** Thrown when a run cannot go on: `partial` is what was done, `cause` says why, and the rest where. */
export class RunFailed<Result> extends Error {
  override readonly name = 'RunFailed';
  readonly step: Place['step'];
  readonly node: Place['node'];
  readonly chain: Place['chain'];
  readonly term: Place['term'];

  constructor(override readonly cause: Error & Place, readonly partial: Result) {
    super(`${cause.message} (error.partial holds what was done before)`, { cause });
    ({ step: this.step, node: this.node, chain: this.chain, term: this.term } = cause);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, this.partial);
  }
}
