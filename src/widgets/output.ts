// A place in the page for results of a notebook: what is shown last, in the look that it has in a cell.
import { jupyterDisplay, type MimeBundle } from '../display/index.js';
import { bundleOf, errorBundle, stillOf } from './bundle.js';
import { Model } from './model.js';
import { showWidget } from './place.js';
import type { Shown, Still } from './view.js';

class Output implements Shown {
  readonly model = new Model(
    { module: '@jupyter-widgets/output', version: '1.0.0', model: 'OutputModel', view: 'OutputView' },
    { msg_id: '', outputs: [] },
  );
  #shown: MimeBundle | undefined;

  /** What it shows. */
  get bundle(): MimeBundle | undefined {
    return this.#shown;
  }

  /** Shows a value instead of what was there; undefined leaves it empty. */
  async show(value: unknown): Promise<void> {
    this.#put(await bundleOf(value));
  }

  /** Shows an error. */
  fail(error: unknown): void {
    this.#put(errorBundle(error));
  }

  clear(): void {
    this.#put(undefined);
  }

  still(): Still {
    return this.#shown ? stillOf(this.#shown) : { html: '', text: '' };
  }

  close(): void {
    this.model.close();
  }

  [jupyterDisplay](): Promise<MimeBundle> {
    return showWidget(this);
  }

  #put(bundle: MimeBundle | undefined): void {
    this.#shown = bundle;
    this.model.set({ outputs: bundle ? [{ output_type: 'display_data', data: bundle, metadata: {} }] : [] });
  }
}

export type { Output };

/**
 * An output: `show` puts a value there, `clear` empties it.
 * @example
 * const place = output();
 * await place.show(figure);
 */
export const output = (): Output => new Output();
