// The colours of a live field and the key to them: two for spins, one for each label, a cycle for angles, and
// for numbers blue to orange through white at zero.
import { categoryColour, colourAt } from '../../display/index.js';
import { type FieldKind, placeOf, turned, valueNames } from './fieldKind.js';
import { panel, roundUp } from './liveAxes.js';

export interface Colours {
  /** How many there are; nodes with the same number have the same colour. */
  readonly list: readonly string[];
  readonly numberOf: (value: number) => number;
  /** SVG at the top right of the panel. */
  readonly key: string;
}

const shades = (scale: 'diverging' | 'cyclic'): string[] =>
  Array.from({ length: 65 }, (_, k) => colourAt(scale, k / 64));
const [signed, cyclic] = [shades('diverging'), shades('cyclic')];

/** The colours of values: numbers beside each other, `all`, have one scale. */
export function coloursOf(kind: FieldKind): (all: Float64Array) => Colours {
  const names = valueNames(kind);
  if (names) {
    const list = names.map((_, k) => categoryColour(k, names.length));
    const all = { list, numberOf: (value: number) => placeOf(kind, value), key: squares(names, list) };
    return () => all;
  }
  if (kind.codomain === 'angle') {
    const all = {
      list: cyclic,
      numberOf: (value: number) => Math.round(32 + (32 * turned(value)) / Math.PI),
      key: bar(cyclic, '−π', 'π'),
    };
    return () => all;
  }
  return (all) => {
    const reach = roundUp(2 * Math.sqrt(all.reduce((sum, x) => sum + x * x, 0) / all.length));
    const numberOf = (value: number): number =>
      Math.round(32 + 32 * Math.max(-1, Math.min(1, value / reach)));
    return { list: signed, numberOf, key: bar(signed, `−${reach}`, `${reach}`) };
  };
}

function bar(list: readonly string[], low: string, high: string): string {
  const cells = list.map(
    (shade, k) =>
      `<rect x="${(panel.width - 88 + 0.7 * k).toFixed(1)}" y="11" width="1.4" height="10" fill="${shade}"/>`,
  );
  return (
    `<text x="${panel.width - 92}" y="20" text-anchor="end">${low}</text>${cells.join('')}` +
    `<text x="${panel.width - 38}" y="20">${high}</text>`
  );
}

/** Most names beside their colours; of more, the first and the last. */
const mostNames = 5;

function squares(names: readonly string[], list: readonly string[]): string {
  if (names.length > mostNames)
    return bar(list.length > 65 ? list.slice(0, 65) : stretched(list), names[0], names.at(-1)!);
  return names
    .map((name, k) => {
      const x = panel.width - panel.right - 34 * (names.length - k);
      return `<rect x="${x}" y="11" width="10" height="10" fill="${list[k]}"/><text x="${x + 13}" y="20">${name}</text>`;
    })
    .join('');
}

const stretched = (list: readonly string[]): string[] =>
  Array.from({ length: 65 }, (_, k) => list[Math.floor((k * list.length) / 65)]);
