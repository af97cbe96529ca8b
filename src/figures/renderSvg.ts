// The static twin of a figure as SVG: drawn by plotly.js itself from the same specification. The same
// specification gives the same bytes, on any machine.
import type { FigureSpec } from './figure.js';
import { painting } from './painting.js';

/**
 * A self-contained SVG document of `layout.width` by `layout.height` pixels.
 * @throws when the specification is not valid plotly.
 */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  return (await painting('renderSvg', spec)) as string;
}
