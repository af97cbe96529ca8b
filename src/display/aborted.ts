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

/**
 * Thrown when a signal aborts a run. The same call with `resume: error.partial` gives the result of a run
 * without a stop.
 *
 * @example
 * const signal = AbortSignal.abort(); // a button, or a timeout
 * const error = await geometry.ricciFlow(karateClub(), { steps: 10, signal }).catch((reason: unknown) => reason);
 * if (!(error instanceof Aborted)) throw error;
 * error.message; // 'ricciFlow: aborted after 0 of 10 steps; go on with resume: error.partial'
 * (await geometry.ricciFlow(karateClub(), { steps: 10, resume: error.partial })).steps; // 10
 */
export class Aborted<Result> extends Error {
  override readonly name = 'AbortError';

  /** @param done in words: `3 records` */
  constructor(
    caller: string,
    done: string,
    readonly partial: Result,
  ) {
    super(`${caller}: aborted after ${done}; go on with resume: error.partial`);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, this.partial);
  }
}

/**
 * Where a run could not go on, as far as it is known: the steps done before, the node, the chain, the term of
 * the energy.
 */
type Place = Partial<Readonly<Record<'step' | 'node' | 'chain', number> & Record<'term', string>>>;

/**
 * Thrown when a run cannot go on: `partial` is what was done, `cause` says why, and the rest where.
 *
 * @example
 * const runaway = hamiltonian(ring(10), [site((x) => x.squaredNorm().square().neg())]); // no lower bound
 * const run = sample(langevin(runaway, { temperature: 1, timeStep: 0.01 }), { steps: 1000, every: 10, seed: 1 });
 * const error = await run.catch((reason: unknown) => reason);
 * if (!(error instanceof RunFailed)) throw error;
 * error.message; // 'langevin: the field is -Infinity at node 2, component 0, chain 0 after step 30: ...'
 * error.partial.steps; // [10, 20, 30]
 */
export class RunFailed<Result> extends Error {
  override readonly name = 'RunFailed';
  readonly step: Place['step'];
  readonly node: Place['node'];
  readonly chain: Place['chain'];
  readonly term: Place['term'];

  constructor(
    override readonly cause: Error & Place,
    readonly partial: Result,
  ) {
    super(`${cause.message} (error.partial holds what was done before)`, { cause });
    ({ step: this.step, node: this.node, chain: this.chain, term: this.term } = cause);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, this.partial);
  }
}
