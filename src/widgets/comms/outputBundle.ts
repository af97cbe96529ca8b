// The display of a value: by its own display method, else as its text.
import { escapeHtml, jupyterDisplay, type MimeBundle } from '../../display/index.js';
import { need } from '../../files/node.js';
import { type FigureSpec, figureMimes } from '../../figures/index.js';
import type { Json } from './host.js';
import type { Still } from './view.js';

/** The bundle of a value; undefined shows nothing. */
export async function bundleOf(value: unknown): Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  const method = (value as { [jupyterDisplay]?: unknown } | null)?.[jupyterDisplay];
  if (typeof method !== 'function')
    return { 'text/plain': typeof value === 'string' ? value : inspect(value) };
  return { 'text/plain': inspect(value), ...((await method.call(value)) as Json) };
}

/** An error as a bundle: its message, and where it was thrown. */
export function errorBundle(error: unknown): MimeBundle {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : `Error: ${inspect(error)}`;
  return { 'text/html': `<pre style="color: #b00020">${escapeHtml(text)}</pre>`, 'text/plain': text };
}

/** A bundle as HTML that includes its picture, if any. */
export function stillOf(bundle: MimeBundle): Still {
  const { 'image/png': png, 'image/svg+xml': svg, 'text/html': html, 'text/plain': text } = bundle;
  const { width } = (pictureSize(bundle)['image/png'] ?? {}) as { width?: number };
  const size = width === undefined ? '' : ` width="${width}" style="max-width: 100%"`;
  if (typeof png === 'string') return { html: `<img${size} src="data:image/png;base64,${png}">`, text };
  const rich = typeof html === 'string' ? html : svg; // the HTML has the picture, and words beside it
  return { html: typeof rich === 'string' ? rich : `<pre>${escapeHtml(text)}</pre>`, text };
}

/** A figure's PNG has more pixels than its size on the page, which is in its plotly layout. */
export function pictureSize(data: MimeBundle): Json {
  const mime = Object.values(figureMimes).find((name) => name in data);
  const { layout } = (mime ? data[mime] : {}) as Partial<FigureSpec>;
  return layout && data['image/png'] ? { 'image/png': { width: layout.width, height: layout.height } } : {};
}

const inspect = (value: unknown): string => need('interact', 'node:util').inspect(value);
