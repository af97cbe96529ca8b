// The static twin of a figure as PNG: its SVG painted by resvg with the fonts that ship with the lab.
import { createRequire } from 'node:module';
import type { FigureSpec } from './figure.js';
import { fontFiles } from './fonts.js';
import { renderSvg } from './renderSvg.js';

interface Resvg {
  Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } };
}

/** Cells of a heat map have sharp edges: resvg 2.6 does not know plotly's `image-rendering: pixelated`. */
const nearest = 1;

/**
 * A PNG of `scale` times `layout.width` by `layout.height` pixels.
 * @throws when the scale is not positive, or as `renderSvg`.
 */
export async function renderPng(spec: FigureSpec, { scale = 2 } = {}): Promise<Uint8Array> {
  if (!(scale > 0 && scale < Infinity)) throw new Error(`renderPng: scale must be positive, got ${scale}`);
  const svg = await renderSvg(spec);
  const { Resvg } = createRequire(import.meta.url)('@resvg/resvg-js') as Resvg;
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Arimo', sansSerifFamily: 'Arimo' },
    imageRendering: nearest,
    background: 'white',
  });
  return image.render().asPng();
}
