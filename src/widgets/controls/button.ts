// A button; its value is the number of clicks.
import { controlType } from './controls.js';
import { needed, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, aString } from '../../numerics/rules.js';
import { stillText } from '../comms/view.js';
import { Widget } from './widget.js';

const buttonOptions = {
  /** The text on it. */
  label: needed(aString),
  /** Called at every click. */
  onClick: typed<() => void>(aFunction),
};

/** Options of `button`. */
export interface ButtonOptions extends Options, OptionsOf<typeof buttonOptions> {}

/** A button that counts its clicks. */
class Button extends Widget<number> {
  #clicks = 0;

  constructor({ label, onClick }: ButtonOptions) {
    const codec = { encode: () => ({}), decode: () => this.#clicks };
    super(controlType('Button'), 0, { description: label, disabled: false }, codec, {}, () =>
      stillText(`[${label}]`),
    );
    if (onClick) this.onChange(onClick);
    this.model.onCustom = (content) => {
      if ((content as { event?: unknown } | undefined)?.event === 'click') this.click();
    };
  }

  /** Clicks. */
  click(): void {
    this.#clicks++;
    this.model.onUpdate!({});
  }

  /** What stands on the button. */
  set label(description: string) {
    this.model.set({ description });
  }

  /** Whether the button cannot be clicked in the page. */
  set disabled(disabled: boolean) {
    this.model.set({ disabled });
  }
}

export type { Button };

/**
 * A button with a count of clicks.
 *
 * @example
 * const again = widgets.button({ label: 'again', onClick: () => setDefaultSeed(Date.now() % 2 ** 32) });
 * again.value; // 0
 */
export function button(options: ButtonOptions): Button {
  return new Button(readOptions('button', options, buttonOptions));
}
