// A box that is ticked or not.
import { controlType, described } from './controls.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aBoolean, aString } from '../../numerics/rules.js';
import { named } from '../comms/view.js';
import { itself, Widget } from './widget.js';

const checkboxOptions = {
  /** The text beside it; '' by default. */
  label: byDefault('', aString),
  /** Whether it is ticked; false by default. */
  value: byDefault(false, aBoolean),
};

/** Options of `checkbox`. */
export interface CheckboxOptions extends Options, OptionsOf<typeof checkboxOptions> {}

/** A checkbox: true or false. @example widgets.checkbox({ label: 'pinned', value: true }).value; // true */
export function checkbox(options: CheckboxOptions = {}): Widget<boolean> {
  const { label, value } = readOptions('checkbox', options, checkboxOptions);
  const state = { indent: false, ...described(label, 'CheckboxStyle') };
  const guards = { value: (ticked: unknown) => typeof ticked === 'boolean' };
  return new Widget<boolean>(controlType('Checkbox'), value, state, itself(), guards, (ticked) =>
    named(label, ticked ? 'yes' : 'no'),
  );
}
