// A function with controls for its arguments and its result below: it runs again when a control changes.
import { jupyterDisplay, type MimeBundle } from '../../display/index.js';
import { builtin } from '../../files/node.js';
import { aFunction, anObject } from '../../numerics/rules.js';
import { control, type Abbreviation, type ValueOf } from './abbreviation.js';
import { hbox, vbox, type Box } from './boxes.js';
import { untilCutOff } from '../live/cutOff.js';
import { output } from './output.js';
import { hasPage, nothing, Place } from '../comms/place.js';
import { stillBundle } from '../comms/view.js';
import type { Widget } from './widget.js';

/** Controls by name, as `interact` takes them. */
export type Controls = Readonly<Record<string, Abbreviation>>;
/** The values of controls, by name. */
export type Values<C extends Controls> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

/** A function with controls for its arguments and its result below. */
class Interactive<C extends Controls> {
  readonly controls: { readonly [Name in keyof C]: Widget<ValueOf<C[Name]>> };
  readonly #run: (values: Values<C>) => unknown;
  readonly #output = output();
  readonly #row: Box;
  /** The controls, and the output below. */
  readonly #whole: Box;
  readonly #result = new Place();
  #page: 'unasked' | 'live' | 'still' = 'unasked';
  #stale = true;
  #running: Promise<void> | undefined;

  constructor(run: (values: Values<C>) => unknown, controls: C) {
    aFunction('interact', 'the first argument', run as never);
    anObject('interact', 'controls', controls as never);
    this.#run = run;
    const made = Object.entries(controls).map(([name, short]) => [name, control(name, short)] as const);
    this.controls = Object.fromEntries(made) as unknown as typeof this.controls;
    this.#row = hbox(...made.map(([, widget]) => widget));
    this.#whole = vbox(this.#row, this.#output);
    for (const [, widget] of made) widget.onChange(() => void this.update());
  }

  get values(): Values<C> {
    const widgets = Object.entries(this.controls as Record<string, Widget<unknown>>);
    return Object.fromEntries(widgets.map(([name, { value }]) => [name, value])) as Values<C>;
  }

  /**
   * Runs the function with the newest values, once more if it runs already; resolves when its result is
   * displayed, or an interrupt has stopped it.
   */
  update(): Promise<void> {
    this.#stale = true;
    return (this.#running ??= this.#catchUp());
  }

  /** Removes it from the page. */
  close(): void {
    this.#whole.close();
  }

  async [jupyterDisplay](): Promise<MimeBundle> {
    await this.update();
    if (!hasPage()) {
      this.#reprint();
      return this.#output.bundle ?? stillBundle(this.#row.still());
    }
    const { model } = this.#whole;
    const place = new Place();
    const late = (): void => {
      this.#page = 'live';
      this.#result.show(nothing);
    };
    this.#page = (await place.showView(model, stillBundle(this.#whole.still()), late)) ? 'live' : 'still';
    if (this.#page === 'still') {
      place.show(stillBundle(this.#row.still()));
      this.#showStill();
    }
    return nothing;
  }

  #reprint(): void {
    if (this.#output.printed) builtin('node:process')?.stdout.write(this.#output.printed);
  }

  #showStill(): void {
    this.#reprint();
    this.#result.show(this.#output.bundle ?? nothing);
  }

  async #catchUp(): Promise<void> {
    while (this.#stale) {
      await untilCutOff(() => {
        this.#stale = false; // the values have all changes so far
        return this.#output.run(() => this.#run(this.values));
      });
      if (this.#page === 'still') this.#showStill();
    }
    this.#running = undefined;
  }
}

export type { Interactive };

/**
 * Controls for the arguments of a function, its result below. A control is a widget or a short form: `[min,
 * max]` or `[min, max, step]` is a slider, a list of strings or an object of named values a dropdown, true or
 * false a checkbox, a string a text field, a number a slider around it. While the function runs (it may be
 * async), only the newest values wait. Its prints appear above its result, its error in place of it. Where no
 * page answers, the first result is an ordinary output.
 *
 * @throws TypeError for a value that is not a control
 * @example
 * interact(({ T, graph }) => exact.gaussianFreeField(graph, { temperature: T }).disagreement,
 *   { T: [0.1, 3], graph: widgets.dropdown({ options: { ring: ring(64), torus: torus(8, 8) } }) });
 */
export const interact = <const C extends Controls>(
  run: (values: Values<C>) => unknown,
  controls: C,
): Interactive<C> => new Interactive(run, controls);
