// Text that the reader may edit, and text or HTML that only the program changes.
import { escapeHtml } from '../../display/index.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aBoolean, aString } from '../../numerics/rules.js';
import { named } from '../comms/view.js';
import { controlType, described } from './controls.js';
import { itself, Widget } from './widget.js';

const textOptions = {
  /** The text beside it; '' by default. */
  label: byDefault('', aString),
  /** The text at the start; '' by default. */
  value: byDefault('', aString),
  /** Shown while there is no text; '' by default. */
  placeholder: byDefault('', aString),
  /** Whether every key press changes the value, or only Enter and leaving the field; false by default. */
  eager: byDefault(false, aBoolean),
};

/** Options of `text`. */
export interface TextOptions extends Options, OptionsOf<typeof textOptions> {}

/** A text field. @example widgets.text({ label: 'name', value: 'ring' }).value; // 'ring' */
export function text(options: TextOptions = {}): Widget<string> {
  const { label: name, value, placeholder, eager } = readOptions('text', options, textOptions);
  const state = { placeholder, continuous_update: eager, ...described(name, 'TextStyle') };
  const guards = { value: (typed: unknown) => typeof typed === 'string' };
  return new Widget<string>(controlType('Text'), value, state, itself(), guards, (typed) =>
    named(name, typed),
  );
}

/**
 * A line of text that the program changes.
 *
 * @example
 * const state = widgets.label('burning in');
 * state.value = 'sampling';
 */
export const label = (value = ''): Widget<string> =>
  new Widget<string>(controlType('Label'), value, {}, itself(), {}, (words) => ({
    html: escapeHtml(words),
    text: words,
  }));

/**
 * HTML, displayed without escaping: escape text from other sources.
 *
 * @example widgets.html('<b>T</b> = 1').value; // '<b>T</b> = 1'
 */
export const html = (value = ''): Widget<string> =>
  new Widget<string>(controlType('HTML'), value, {}, itself(), {}, (code) => ({
    html: code,
    text: code.replace(/<[^>]*>/g, ''),
  }));
