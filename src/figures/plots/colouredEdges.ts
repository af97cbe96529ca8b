// Edges in the colour of their value: a line has one colour, so edges of nearly the same colour make one trace. Invisible marks at the
// middles of the edges carry the colour bar, the hover text and the numbers.
import { colourAt } from '../../display/index.js';
import type { Topology } from '../../graph/nodePositions.js';
import { coloured, type Colour } from './colour.js';
import type { Trace } from './figureSpec.js';

/** Number of distinguishable colours on a scale. */
const SHADES = 24;

export function colouredEdges({ endpoints }: Topology, x: readonly number[], y: readonly number[], values: readonly number[], colour: Colour): Trace[] {
  const scale = coloured(colour, values, 'c');
  const [low, high] = [scale.cmin as number, scale.cmax as number];
  const byShade = new Map<number, number[]>();
  values.forEach((value, edge) => {
    const shade = Math.round((SHADES * (value - low)) / (high - low));
    byShade.set(shade, [...(byShade.get(shade) ?? []), edge]);
  });
  const lines = [...byShade].sort(([a], [b]) => a - b).map(([shade, edges]): Trace => {
    const ends = edges.flatMap((edge) => [endpoints[2 * edge], endpoints[2 * edge + 1], null]);
    const through = (at: readonly number[]): (number | null)[] => ends.map((node) => (node === null ? null : at[node]));
    return {
      type: 'scatter', mode: 'lines', name: 'edge', x: through(x), y: through(y), customdata: ends,
      line: { color: colourAt(colour.scale ?? 'sequential', shade / SHADES), width: 2.2 },
      hoverinfo: 'skip', showlegend: false, meta: { series: 'edge', role: 'casing' },
    };
  });
  const middle = (at: readonly number[]): number[] => values.map((_, edge) => (at[endpoints[2 * edge]] + at[endpoints[2 * edge + 1]]) / 2);
  return [...lines, {
    type: 'scatter', mode: 'markers', name: colour.title, showlegend: false, x: middle(x), y: middle(y),
    customdata: values.map((_, edge) => [endpoints[2 * edge], endpoints[2 * edge + 1]]),
    hovertemplate: 'edge %{customdata[0]} to %{customdata[1]}: %{marker.color:.4g}<extra></extra>',
    marker: { size: 0.5, color: [...values], ...scale }, meta: { series: colour.title, role: 'edge' },
  }];
}
