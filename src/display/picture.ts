// Small pictures as SVG text, made without a drawing library. Sizes are CSS pixels.
// The background is transparent and lines have the colour of the page's text (currentColor), so that a
// picture is readable on white and on black; in a file of its own its lines are grey, which is readable on
// both.
import { escapeHtml } from './htmlTable.js';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** SVG elements. */
  readonly body: string;
}

/** Readable on white (4.0 : 1) and on JupyterLab's dark ground (4.7 : 1). */
const neutralInk = '#7f7f7f';
const fontSize = 11;

/** The picture as a document of its own, the content of image/svg+xml. `label` is for screen readers. */
export const svgDocument = (picture: Picture, label: string): string =>
  inlineSvg(picture, label, ` color="${neutralInk}"`);

/** The picture within HTML: lines in the colour of the text around it. */
export function inlineSvg({ width, height, body }: Picture, label: string, ink = ''): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${ink} ` +
    `role="img" aria-label="${xmlText(label)}" font-family="system-ui, Arial, sans-serif" font-size="${fontSize}">${body}</svg>`
  );
}

/** Pictures in a row, `gap` apart, bottoms aligned. */
export function beside(pictures: readonly Picture[], gap = 20): Picture {
  const height = Math.max(...pictures.map((picture) => picture.height));
  let width = 0;
  const body = pictures.map((picture) => {
    const x = width;
    width += picture.width + gap;
    return `<g transform="translate(${x} ${height - picture.height})">${picture.body}</g>`;
  });
  return { width: width - gap, height, body: body.join('') };
}

/** The picture with lines of small text below. */
export function addCaption(picture: Picture, lines: readonly string[]): Picture {
  const texts = lines.map((line, k) => writing(line, 0, picture.height + 14 * (k + 1)));
  const widest = Math.max(picture.width, ...lines.map(({ length }) => Math.ceil(6.4 * length)));
  return {
    width: widest,
    height: picture.height + 14 * lines.length + 3,
    body: picture.body + texts.join(''),
  };
}

export function writing(
  text: string,
  x: number,
  y: number,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  const anchorText = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${x}" y="${y}" fill="currentColor"${anchorText}>${xmlText(text)}</text>`;
}

/** Text made safe for XML, which has no control characters. */
const xmlText = (text: string): string =>
  escapeHtml(text).replace(/[^\t\n\r\x20-\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g, '\uFFFD');

/** Coordinates to a tenth of a pixel. */
export const at = (x: number): string => String(Math.round(10 * x) / 10);
