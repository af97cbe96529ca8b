// The static twin of a figure as SVG: drawn by plotly.js itself from the same specification. The same
// specification gives the same bytes, on any machine.
import type { FigureSpec } from '../plots/figureSpec.js';
import { paint } from './painting.js';

/**
 * A self-contained SVG document of `layout.width` by `layout.height` pixels.
 * @throws RangeError for a layout without a positive width and height; Error when the specification is not valid plotly.
 */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  return (await paint('renderSvg', spec)) as string;
}
