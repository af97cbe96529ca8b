// A box that is ticked or not.
import { controlType, described } from './controls.js';
import { aBoolean, aString, checkOptions } from '../../numerics/options.js';
import { named } from '../comms/view.js';
import { itself, Widget } from './widget.js';

/** Options of `checkbox`. */
export interface CheckboxOptions {
  /** The text beside it; none by default. */
  readonly label?: string;
  /** False by default. */
  readonly value?: boolean;
}

/** A checkbox: true or false. @example checkbox({ label: 'pinned', value: true }).value; // true */
export function checkbox(options: CheckboxOptions = {}): Widget<boolean> {
  checkOptions('checkbox', options, { label: aString, value: aBoolean });
  const { label = '', value = false } = options;
  const state = { indent: false, ...described(label, 'CheckboxStyle') };
  const guards = { value: (ticked: unknown) => typeof ticked === 'boolean' };
  return new Widget<boolean>(controlType('Checkbox'), value, state, itself(), guards, (ticked) =>
    named(label, ticked ? 'yes' : 'no'),
  );
}
