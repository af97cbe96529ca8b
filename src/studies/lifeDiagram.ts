// The document's one figure as it runs: the protocol's diagram, drawn from the table of a node's life, with how
// often each arrow was taken. Source: EMTD 3.1 (the Mermaid diagram), `transitions`.
import { Figure, lineWithBand } from '../figures/index.js';
import { got } from '../numerics/check.js';
import { each, nonNegative } from '../numerics/rules.js';
import { type LifeState, transitions } from '../protocol/index.js';

/** Where the boxes of the diagram stand. */
const places: Record<LifeState, [x: number, y: number]> = {
  local: [0, 1.2],
  excited: [0, 2.9],
  verifying: [1.5, 2.2],
  weighing: [2.8, 2.9],
  metropolis: [3.2, 1.9],
  updated: [4.5, 2.9],
  field: [5.9, 2.2],
  asking: [4.6, 0.5],
  final: [6.3, 0.35],
};
const [ink, drawn, lacking] = ['#222222', '#0072B2', '#D55E00'];
const inAxes = { xref: 'x', yref: 'y', showarrow: false };

/** The ends of an arrow, where its line leaves the boxes; two opposite arrows stand aside of the straight line. */
function endsOf(from: LifeState, to: LifeState, isTwoWay: boolean) {
  const [[x0, y0], [x1, y1]] = [places[from], places[to]];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy);
  const [sx, sy] = isTwoWay ? [(-dy / length) * 0.09, (dx / length) * 0.09] : [0, 0];
  const [out, into] = [from, to].map((state) =>
    Math.min((0.14 + 0.04 * state.length) / Math.abs(dx), 0.2 / Math.abs(dy)),
  );
  return [x0 + sx + out * dx, y0 + sy + out * dy, x1 + sx - into * dx, y1 + sy - into * dy];
}

/**
 * The table `transitions` as a diagram: a box per state, an arrow per pair of states, with how often each was
 * taken. Arrows of the document are blue, arrows that it lacks orange.
 *
 * @param counts one per transition, as `Emtd.lives.taken`
 * @throws RangeError for another number of counts
 * @example
 * studies.lifeDiagram(new Float64Array(protocol.transitions.length), { name: 'life', caption: 'not run yet' });
 */
export function lifeDiagram(
  counts: ArrayLike<number>,
  heading: { readonly name: string; readonly caption: string },
): Figure {
  if (counts?.length !== transitions.length)
    throw new RangeError(
      `lifeDiagram: counts must be ${transitions.length} numbers, one per transition, got ${got(counts)}`,
    );
  each(nonNegative)('lifeDiagram', 'counts', counts as never);
  const arrows = new Map<string, { from: LifeState; to: LifeState; labels: string[]; isOfPaper: boolean }>();
  transitions.forEach(({ from, to, on, ...rest }, at) => {
    const arrow = arrows.get(`${from} ${to}`) ?? { from, to, labels: [], isOfPaper: false };
    arrow.labels.push(`${on} ${counts[at]!.toLocaleString('en')}`);
    arrow.isOfPaper ||= 'paper' in rest;
    arrows.set(`${from} ${to}`, arrow);
  });
  const straight = [...arrows.values()]
    .filter(({ from, to }) => from !== to)
    .map((arrow) => {
      const isTwoWay = arrows.has(`${arrow.to} ${arrow.from}`);
      return {
        ...arrow,
        isTwoWay,
        ends: endsOf(arrow.from, arrow.to, isTwoWay),
        colour: arrow.isOfPaper ? drawn : lacking,
      };
    });
  const traces = straight.flatMap(({ from, to, labels, ends: [x0, y0, x1, y1], colour }) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const [ux, uy] = [(0.12 * (x1 - x0)) / length, (0.12 * (y1 - y0)) / length];
    const name = `${from} to ${to}: ${labels.join(', ')}`;
    const states = Object.keys(places);
    const common = { type: 'scatter', mode: 'lines', hoverinfo: 'skip', showlegend: false, name } as const;
    return [
      {
        ...common,
        x: [x0, x1 - ux],
        y: [y0, y1 - uy],
        line: { color: colour, width: 1.8 },
        customdata: [states.indexOf(from), states.indexOf(to), null],
        meta: { series: name, role: 'edge' } as const,
      },
      {
        ...common,
        x: [x1, x1 - ux - uy / 3, x1 - ux + uy / 3, x1],
        y: [y1, y1 - uy + ux / 3, y1 - uy - ux / 3, y1],
        fill: 'toself',
        fillcolor: colour,
        line: { color: colour, width: 1 },
        meta: { series: name, role: 'casing' } as const,
      },
    ];
  });
  const phases = (
    [
      ['I  injection', 0],
      ['II  propagation', 2.2],
      ['III  crystallisation', 5.2],
    ] as const
  ).map(([text, x]) => ({
    ...inAxes,
    x,
    y: 3.4,
    text: `<i>phase ${text}</i>`,
    font: { size: 12, color: ink },
  }));
  const labels = straight.map(({ labels, ends: [x0, y0, x1, y1], isTwoWay, colour }) => {
    const at = isTwoWay ? 0.58 : 0.5; // labels of two opposite arrows stand apart
    return {
      ...inAxes,
      x: x0 + at * (x1 - x0),
      y: y0 + at * (y1 - y0),
      text: labels.join('<br>'),
      font: { size: 11, color: colour },
      bgcolor: 'rgba(255,255,255,0.85)',
      borderpad: 1,
    };
  });
  const loops = [...arrows.values()]
    .filter(({ from, to }) => from === to)
    .map(({ from, labels }) => ({
      ...inAxes,
      x: places[from][0],
      y: places[from][1] - 0.3,
      text: `${labels.join(', ')}: stays`,
      font: { size: 11, color: lacking },
    }));
  const boxes = Object.entries(places).map(([state, [x, y]]) => ({
    ...inAxes,
    x,
    y,
    text: `<b>${state}</b>`,
    font: { size: 13, color: ink },
    bgcolor: 'white',
    bordercolor: ink,
    borderwidth: 1.2,
    borderpad: 5,
  }));
  const blank = { title: '' }; // the caption's lines are broken as in every figure
  const { layout } = lineWithBand({
    ...heading,
    width: 860,
    height: 430,
    x: blank,
    y: blank,
    series: [{ label: '', x: [0], y: [0] }],
  });
  const [caption] = layout.annotations as object[];
  const hidden = { visible: false, fixedrange: true };
  return new Figure(traces, {
    ...layout,
    showlegend: false,
    margin: { ...layout.margin, l: 16, r: 16, b: layout.margin.b - 48 },
    xaxis: { ...hidden, range: [-0.6, 6.9] },
    yaxis: { ...hidden, range: [-0.15, 3.5] },
    annotations: [...phases, ...labels, ...loops, ...boxes, { ...caption, xshift: 0, yshift: -10 }],
  });
}
