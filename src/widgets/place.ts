// A place among the outputs of the running cell, whose content can be replaced from then on.
import { randomUUID } from 'node:crypto';
import type { MimeBundle } from '../display/index.js';
import { hostBroadcast } from '../figures/broadcast.js';
import { answers } from './echo.js';
import { pictureSize } from './bundle.js';
import { hostComms } from './host.js';
import type { Model } from './model.js';
import { stillBundle, viewOf, type Shown } from './view.js';

/** Nothing, as a bundle: what a display method returns that has put its outputs into places. */
export const nothing = {} as MimeBundle;

/** Whether outputs can be replaced and widgets opened here. */
export const hasPage = (): boolean => hostComms() !== undefined && hostBroadcast() !== undefined;

export class Place {
  readonly #id = randomUUID();
  #shown = false;

  /** Shows a bundle there: first below what the cell has shown so far, then instead of itself. */
  show(data: MimeBundle): void {
    const type = this.#shown ? 'update_display_data' : 'display_data';
    this.#shown = true;
    hostBroadcast()?.(type, { data, metadata: pictureSize(data), transient: { display_id: this.#id } });
  }

  /**
   * Shows a view of the model, with what stands in for it; whether a page holds it. `onLate` is called when the
   * answer comes after it was given up, and the view shows again.
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

/** Shows a widget; where no page holds it, what it is in words. */
export async function showWidget(shown: Shown): Promise<MimeBundle> {
  const still = (): MimeBundle => stillBundle(shown.still());
  if (!hasPage()) return still();
  const place = new Place();
  if (!(await place.showView(shown.model, still(), () => {}))) place.show(still());
  return nothing;
}
