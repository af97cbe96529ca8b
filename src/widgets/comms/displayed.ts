// An object that a page displays as a view of its model; where no page answers, as its state in words.
import { jupyterDisplay, type MimeBundle } from '../../display/index.js';
import type { Model } from './model.js';
import { hasPage, nothing, Place } from './place.js';
import { stillBundle, type Shown, type Still } from './view.js';

export abstract class Displayed implements Shown {
  abstract readonly model: Model;

  abstract still(): Still;

  /** Removes it from the page; its value stays. */
  close(): void {
    this.model.close();
  }

  toString(): string {
    return this.still().text;
  }

  async [jupyterDisplay](): Promise<MimeBundle> {
    if (!hasPage()) return stillBundle(this.still());
    const place = new Place();
    if (!(await place.showView(this.model, stillBundle(this.still()), () => {})))
      place.show(stillBundle(this.still()));
    return nothing;
  }
}
