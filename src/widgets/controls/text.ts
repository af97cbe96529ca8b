// A line of text that the reader may edit.
import { controlType, described, isText } from './controls.js';
import { named } from '../comms/view.js';
import { Widget } from './widget.js';

export interface TextOptions {
  readonly label?: string;
  readonly value?: string;
  /** Shown while there is no text. */
  readonly placeholder?: string;
  /** Whether every key press changes the value, or only Enter and leaving the field (default). */
  readonly eager?: boolean;
}

/** A text field. @example text({ label: 'name', value: 'ring' }).value; // 'ring' */
export const text = ({ label = '', value = '', placeholder = '', eager = false }: TextOptions = {}): Widget<string> =>
  new Widget<string>(
    controlType('Text'),
    value,
    { placeholder, continuous_update: eager, ...described(label, 'TextStyle') },
    { encode: (typed) => ({ value: typed }), decode: (state) => state('value') as string },
    { value: isText },
    (typed) => named(label, typed),
  );
