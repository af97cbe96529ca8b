// A box that is ticked or not.
import { controlType, described, isFlag } from './controls.js';
import { named } from '../comms/view.js';
import { Widget } from './widget.js';

export interface CheckboxOptions {
  readonly label?: string;
  readonly value?: boolean;
}

/** A checkbox. @example checkbox({ label: 'pinned', value: true }).value; // true */
export const checkbox = ({ label = '', value = false }: CheckboxOptions = {}): Widget<boolean> =>
  new Widget<boolean>(
    controlType('Checkbox'),
    value,
    { indent: false, ...described(label, 'CheckboxStyle') },
    { encode: (ticked) => ({ value: ticked }), decode: (state) => state('value') as boolean },
    { value: isFlag },
    (ticked) => named(label, ticked ? 'yes' : 'no'),
  );
