// Widgets side by side or one below the other.
import { Displayed } from '../comms/displayed.js';
import { Model } from '../comms/model.js';
import type { Shown, Still } from '../comms/view.js';
import { controlType, layout } from './controls.js';

/** Widgets side by side or one below the other. */
class Box extends Displayed {
  readonly model: Model;

  constructor(
    name: 'HBox' | 'VBox',
    readonly children: readonly Shown[],
  ) {
    super();
    const style: Record<string, string> =
      name === 'HBox' ? { flex_flow: 'row wrap', align_items: 'center' } : {};
    this.model = new Model(controlType(name), {
      children: children.map(({ model }) => model),
      layout: layout(style),
    });
  }

  still(): Still {
    const parts = this.children.map((child) => child.still()).filter(({ text }) => text !== '');
    return {
      html: parts.map(({ html }) => html).join(' &nbsp; '),
      text: parts.map(({ text }) => text).join('   '),
    };
  }

  /** Removes the box and what is in it from the page. */
  override close(): void {
    for (const child of this.children) child.close();
    super.close();
  }
}

export type { Box };

/**
 * Widgets side by side, wrapped where the page is narrow.
 *
 * @example
 * const controls = widgets.hbox(slider({ label: 'T', min: 0, max: 3 }), widgets.checkbox({ label: 'pinned' }));
 * controls.children.length; // 2
 */
export const hbox = (...children: readonly Shown[]): Box => new Box('HBox', children);

/**
 * Widgets one below the other.
 *
 * @example widgets.vbox(widgets.label('Ising model'), slider({ label: 'T', min: 0, max: 3 })).children.length; // 2
 */
export const vbox = (...children: readonly Shown[]): Box => new Box('VBox', children);
