// A place in the page for results of a notebook: it displays the last one as a cell would.
import { escapeHtml, type MimeBundle } from '../../display/index.js';
import { bundleOf, errorBundle, pictureSize, stillOf } from '../comms/outputBundle.js';
import { capture } from '../comms/capture.js';
import { Displayed } from '../comms/displayed.js';
import { Model } from '../comms/model.js';
import type { Still } from '../comms/view.js';

/** A place in the page for results of a notebook: it displays the last one as a cell would. */
class Output extends Displayed {
  readonly model = new Model(
    { module: '@jupyter-widgets/output', version: '1.0.0', model: 'OutputModel', view: 'OutputView' },
    { msg_id: '', outputs: [] },
  );
  #bundle: MimeBundle | undefined;
  #printed = '';
  /** Number of calls of `show`: the last one counts. */
  #turn = 0;

  /** The displayed bundle. */
  get bundle(): MimeBundle | undefined {
    return this.#bundle;
  }

  /** The text printed above it. */
  get printed(): string {
    return this.#printed;
  }

  /** Replaces the content by a value; undefined leaves it empty. */
  async show(value: unknown): Promise<void> {
    const turn = ++this.#turn;
    this.#put(turn, '', await bundleOf(value));
  }

  /** Runs a function and shows its prints and its result or error. */
  async run(call: () => unknown): Promise<void> {
    const turn = ++this.#turn;
    let printed = '';
    try {
      const value = await capture(call, (text) => (printed = text));
      this.#put(turn, printed, await bundleOf(value));
    } catch (error) {
      this.#put(turn, printed, errorBundle(error));
    }
  }

  clear(): void {
    this.#put(++this.#turn, '', undefined);
  }

  still(): Still {
    const still = this.#bundle ? stillOf(this.#bundle) : { html: '', text: '' };
    if (!this.#printed) return still;
    return { html: `<pre>${escapeHtml(this.#printed)}</pre>${still.html}`, text: this.#printed + still.text };
  }

  #put(turn: number, printed: string, bundle: MimeBundle | undefined): void {
    if (turn !== this.#turn) return;
    this.#printed = printed;
    this.#bundle = bundle;
    const stream = printed ? [{ output_type: 'stream', name: 'stdout', text: printed }] : [];
    const result = bundle
      ? [{ output_type: 'display_data', data: bundle, metadata: pictureSize(bundle) }]
      : [];
    this.model.set({ outputs: [...stream, ...result] });
  }
}

export type { Output };

/**
 * An output: `show` displays a value, `run` the prints and the result of a function; `clear` empties it.
 *
 * @example
 * const place = widgets.output(); // as the last line of a cell, a place in the page
 * await place.show(figures.plot([3, 1.2, 0.5]));
 * Object.keys(place.bundle!); // ['text/plain', 'application/vnd.plotly.v1+json', 'image/png']
 */
export const output = (): Output => new Output();
