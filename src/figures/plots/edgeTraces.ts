// The edges of a graph as traces: thin lines, or lines in the colour of their value.
import { colourAt } from '../../display/index.js';
import type { Topology } from '../../graphs/index.js';
import { ink } from './axis.js';
import { colourAttributes, type Colour } from './colour.js';
import type { Trace } from './figureSpec.js';

/** Number of distinguishable colours on a scale. */
const SHADES = 24;

/** Coordinates of the nodes on the page. */
export interface Places {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export function thinEdges({ edgeCount, endpoints }: Topology, places: Places): Trace {
  return {
    ...edgeLines(
      endpoints,
      Array.from({ length: edgeCount }, (_, e) => e),
      places,
    ),
    line: { color: ink, width: Math.min(1, 0.4 + 60 / edgeCount) },
    opacity: Math.min(0.5, 0.12 + 60 / edgeCount),
    meta: { series: 'edge', role: 'edge' },
  };
}

function edgeLines(endpoints: Topology['endpoints'], edges: readonly number[], { x, y }: Places): Trace {
  const ends = edges.flatMap((edge) => [endpoints[2 * edge], endpoints[2 * edge + 1], null]);
  const through = (at: readonly number[]): (number | null)[] =>
    ends.map((node) => (node === null ? null : at[node]));
  const line = {
    type: 'scatter',
    mode: 'lines',
    name: 'edge',
    hoverinfo: 'skip',
    showlegend: false,
  } as const;
  return { ...line, x: through(x), y: through(y), customdata: ends };
}

/**
 * A line has one colour, so edges of nearly the same colour make one trace. Invisible marks at the middles of
 * the edges carry the colour bar, the hover text and the numbers.
 */
export function colouredEdges(
  { endpoints }: Topology,
  places: Places,
  values: readonly number[],
  colour: Colour,
): Trace[] {
  const scale = colourAttributes(colour, values, 'c');
  const [low, high] = [scale.cmin as number, scale.cmax as number];
  const byShade = new Map<number, number[]>();
  values.forEach((value, edge) => {
    const shade = Math.round((SHADES * (value - low)) / (high - low));
    byShade.set(shade, [...(byShade.get(shade) ?? []), edge]);
  });
  const lines = [...byShade]
    .sort(([a], [b]) => a - b)
    .map(
      ([shade, edges]): Trace => ({
        ...edgeLines(endpoints, edges, places),
        line: { color: colourAt(colour.scale ?? 'sequential', shade / SHADES), width: 2.2 },
        meta: { series: 'edge', role: 'casing' },
      }),
    );
  const middle = (at: readonly number[]): number[] =>
    values.map((_, edge) => (at[endpoints[2 * edge]] + at[endpoints[2 * edge + 1]]) / 2);
  return [
    ...lines,
    {
      type: 'scatter',
      mode: 'markers',
      name: colour.title,
      showlegend: false,
      x: middle(places.x),
      y: middle(places.y),
      customdata: values.map((_, edge) => [endpoints[2 * edge], endpoints[2 * edge + 1]]),
      hovertemplate: 'edge %{customdata[0]} to %{customdata[1]}: %{marker.color:.4g}<extra></extra>',
      marker: { size: 0.5, color: [...values], ...scale },
      meta: { series: colour.title, role: 'edge' },
    },
  ];
}
