// Text that the reader may edit, and text or HTML that only the program changes.
import { escapeHtml } from '../../display/index.js';
import { aBoolean, aString, checkOptions } from '../../numerics/options.js';
import { named } from '../comms/view.js';
import { controlType, described } from './controls.js';
import { itself, Widget } from './widget.js';

/** Options of `text`. */
export interface TextOptions {
  /** The text beside it; none by default. */
  readonly label?: string;
  /** The text at the start; empty by default. */
  readonly value?: string;
  /** Shown while there is no text. */
  readonly placeholder?: string;
  /** Whether every key press changes the value, or only Enter and leaving the field (default). */
  readonly eager?: boolean;
}

/** A text field. @example text({ label: 'name', value: 'ring' }).value; // 'ring' */
export function text(options: TextOptions = {}): Widget<string> {
  checkOptions('text', options, { label: aString, value: aString, placeholder: aString, eager: aBoolean });
  const { label: name = '', value = '', placeholder = '', eager = false } = options;
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
 * const state = label('burning in');
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
 * @example html('<b>T</b> = 1').value; // '<b>T</b> = 1'
 */
export const html = (value = ''): Widget<string> =>
  new Widget<string>(controlType('HTML'), value, {}, itself(), {}, (code) => ({
    html: code,
    text: code.replace(/<[^>]*>/g, ''),
  }));
