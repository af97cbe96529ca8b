// Strips and small maps of colour: values [row][column] as cells.
import { colourAt, type ColourRange } from './palette.js';
import { at, type Picture } from './picture.js';

type StripSize = { readonly cellWidth?: number; readonly cellHeight?: number };

/** Number of colours of a scale; cells of one colour share one element. */
const colourSteps = 24;

/** Values [row][column] as cells of colour; NaN leaves a cell empty. */
export function strip(
  rows: readonly ArrayLike<number>[],
  { scale, low, high }: ColourRange,
  size: StripSize = {},
): Picture {
  const step = (value: number): number =>
    high === low
      ? colourSteps / 2
      : Math.round(Math.max(0, Math.min(1, (value - low) / (high - low))) * colourSteps);
  return cells(rows, size, step, (k) => colourAt(scale, k / colourSteps));
}

/** Whole numbers [row][column] as cells in the colours of the palette. */
export const labelStrip = (
  rows: readonly ArrayLike<number>[],
  colours: readonly string[],
  size: StripSize = {},
): Picture =>
  cells(
    rows,
    size,
    (value) => value,
    (k) => colours[k % colours.length],
  );

function cells(
  rows: readonly ArrayLike<number>[],
  { cellWidth = 6, cellHeight = 8 }: StripSize,
  stepOf: (value: number) => number,
  colourOf: (step: number) => string,
): Picture {
  const places = new Map<number, string>();
  rows.forEach((row, r) => {
    for (let c = 0; c < row.length; c++) {
      if (Number.isNaN(row[c])) continue;
      const step = stepOf(row[c]);
      const cell = `M${at(c * cellWidth)} ${at(r * cellHeight)}h${at(cellWidth)}v${at(cellHeight)}h-${at(cellWidth)}z`;
      places.set(step, (places.get(step) ?? '') + cell);
    }
  });
  const paths = [...places].map(([step, path]) => `<path fill="${colourOf(step)}" d="${path}"/>`);
  const [width, height] = [
    cellWidth * Math.max(0, ...rows.map(({ length }) => length)),
    cellHeight * rows.length,
  ];
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    body: `<g shape-rendering="crispEdges">${paths.join('')}</g>`,
  };
}
