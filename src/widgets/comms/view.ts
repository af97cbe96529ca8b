// An object displayed in a page: a view of a model, or text where the page does not know widgets.
import { escapeHtml, type MimeBundle } from '../../display/index.js';
import type { Json } from './host.js';
import type { Model } from './model.js';

/** An object with a model that the page displays. */
export interface Shown {
  readonly model: Model;
  /** Its state in words, for a page that has no widgets: HTML (escaped) and plain text. */
  still(): Still;
  close(): void;
}

/** A widget as it stands, for pages and texts without its code. */
export interface Still {
  readonly html: string;
  readonly text: string;
}

/** Text that is its own HTML. */
export const stillText = (text: string): Still => ({ html: escapeHtml(text), text });

/** A name and its value: `temperature: 1.5`. */
export const named = (label: string, value: string): Still => ({
  html: label ? `${escapeHtml(label)}: <b>${escapeHtml(value)}</b>` : escapeHtml(value),
  text: label ? `${label}: ${value}` : value,
});

export const viewOf = ({ id }: Model): Json => ({
  'application/vnd.jupyter.widget-view+json': { version_major: 2, version_minor: 0, model_id: id },
});

export const stillBundle = ({ html, text }: Still): MimeBundle => ({
  'text/html': `<div>${html}</div>`,
  'text/plain': text,
});
