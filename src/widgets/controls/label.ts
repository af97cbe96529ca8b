// Text and HTML that a program may change while they are displayed.
import { escapeHtml } from '../../display/index.js';
import { controlType } from './controls.js';
import { Widget } from './widget.js';

const valueIn = {
  encode: (value: string) => ({ value }),
  decode: (state: (name: string) => unknown) => state('value') as string,
};

/** A line of text. */
export const label = (value = ''): Widget<string> =>
  new Widget<string>(controlType('Label'), value, {}, valueIn, {}, (shown) => ({ html: escapeHtml(shown), text: shown }));

/** HTML, displayed without escaping: escape text from other sources. */
export const html = (value = ''): Widget<string> =>
  new Widget<string>(controlType('HTML'), value, {}, valueIn, {}, (shown) => ({
    html: shown, text: shown.replace(/<[^>]*>/g, ''),
  }));
