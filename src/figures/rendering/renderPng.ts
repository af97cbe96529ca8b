// The static twin of a figure as PNG: its SVG painted by resvg with the fonts that ship with the lab.
import type { FigureSpec } from '../plots/figureSpec.js';
import { paint } from './painting.js';

/**
 * A PNG of `scale` times `layout.width` by `layout.height` pixels.
 * @throws when the scale is not positive, or as `renderSvg`.
 */
export async function renderPng(spec: FigureSpec, { scale = 2 } = {}): Promise<Uint8Array> {
  if (!(scale > 0 && scale < Infinity)) throw new Error(`renderPng: scale must be positive, got ${scale}`);
  return (await paint('renderPng', spec, scale)) as Uint8Array;
}
