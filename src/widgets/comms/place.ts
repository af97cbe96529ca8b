// A place among the outputs of the running cell, whose content can be replaced from then on.
import type { MimeBundle } from '../../display/index.js';
import { hostBroadcast } from '../../figures/index.js';
import { answers } from './echo.js';
import { pictureSize } from './outputBundle.js';
import { hostComms } from './host.js';
import type { Model } from './model.js';
import { viewOf } from './view.js';

/** The empty bundle, returned by a display method that has put its outputs into places. */
export const nothing = {} as MimeBundle;

/** Whether outputs can be replaced and widgets opened here. */
export const hasPage = (): boolean => hostComms() !== undefined && hostBroadcast() !== undefined;

export class Place {
  readonly #id = crypto.randomUUID();
  #isFilled = false;

  /** Shows a bundle: first below the cell's output so far, then in place of the last one. */
  show(data: MimeBundle): void {
    const type = this.#isFilled ? 'update_display_data' : 'display_data';
    this.#isFilled = true;
    hostBroadcast()?.(type, { data, metadata: pictureSize(data), transient: { display_id: this.#id } });
  }

  /**
   * Shows a view of the model, with its replacement; resolves to whether a page holds it. `onLate` is called
   * when the answer comes after it was given up, and the view is displayed again.
   */
  showView(model: Model, still: MimeBundle, onLate?: () => void): Promise<boolean> {
    model.open();
    const bundle = { ...viewOf(model), ...still };
    this.show(bundle);
    return answers(model, (lateness) => {
      if (lateness === 'refused' || onLate) this.show(bundle);
      if (lateness === 'given up') onLate?.();
    });
  }
}
