// A place among the outputs of the running cell, whose content can be replaced from then on.
import { randomUUID } from 'node:crypto';
import type { MimeBundle } from '../display/index.js';
import { hostBroadcast } from '../figures/broadcast.js';

/** Nothing, as a bundle: what a display method returns that has put its outputs into places. */
export const nothing = {} as MimeBundle;

export class Place {
  readonly #id = randomUUID();
  #shown = false;

  /** Shows a bundle there: first below what the cell has shown so far, then instead of itself. */
  show(data: MimeBundle): void {
    const type = this.#shown ? 'update_display_data' : 'display_data';
    this.#shown = true;
    hostBroadcast()?.(type, { data, metadata: {}, transient: { display_id: this.#id } });
  }
}
