// The diagram of a node's life, from the protocol's table (protocol/transitions.ts): one box per state, one
// arrow for all
// transitions between two states, in one colour if the paper draws one of them and in another if it draws
// none.
import { aList, checkOptions } from '../../numerics/options.js';
import { type LifeState, type Transition, transitions } from '../../protocol/index.js';
import { ink } from './axis.js';
import { Figure } from './figure.js';
import type { Trace } from './figureSpec.js';
import { pageRules } from './rules.js';
import { type Heading, layoutOf, palette } from './theme.js';

/** Position of each state; the compiler refuses a state without one. */
const places: Readonly<Record<LifeState, readonly [x: number, y: number]>> = {
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

interface Arrow {
  readonly from: LifeState;
  readonly to: LifeState;
  readonly labels: string[];
  isOfPaper: boolean;
}

/**
 * The diagram of a node's life, from the protocol's table.
 *
 * @example
 * const ising = hamiltonian(ring(10), [bond((a, b) => a.mul(b).sum().neg())]);
 * const protocol = new Emtd(ising, { values: [-1, 1], initial: new Uint8Array(10), temperature: 1 });
 * await new Network(protocol, { nodeCount: 10, seed: 1 }).run({ time: 10 });
 * transitionDiagram({ name: 'node-life', counts: protocol.lives.taken });
 */
export function transitionDiagram(
  options: Omit<Heading, 'width' | 'height'> & { readonly counts?: ArrayLike<number> },
): Figure {
  checkOptions('transitionDiagram', options, { ...pageRules, counts: aList });
  const { counts, ...heading } = options;
  const arrows = new Map<string, Arrow>();
  (transitions as readonly (Transition & { from: LifeState; to: LifeState })[]).forEach(
    ({ from, to, on, paper }, at) => {
      const arrow = arrows.get(`${from} ${to}`) ?? { from, to, labels: [], isOfPaper: false };
      arrow.labels.push(counts === undefined ? on : `${on} ${counts[at].toLocaleString('en')}`);
      arrow.isOfPaper ||= paper !== undefined;
      arrows.set(`${from} ${to}`, arrow);
    },
  );
  const all = [...arrows.values()];
  const isTwoWay = ({ from, to }: Arrow): boolean => arrows.has(`${to} ${from}`);
  const straight = all.filter(({ from, to }) => from !== to);
  const notes = [
    ...straight.map((arrow) => label(arrow, isTwoWay(arrow))),
    ...all.filter(({ from, to }) => from === to).map(loop),
    ...Object.entries(places).map(([state, [x, y]]) => box(state, x, y)),
  ];
  const phases = [
    ['I  injection', 0],
    ['II  propagation', 2.2],
    ['III  crystallisation', 5.2],
  ].map(([text, x]) => ({
    ...inAxes,
    x,
    y: 3.4,
    text: `<i>phase ${text}</i>`,
    font: { size: 12, color: ink },
  }));
  const hidden = { visible: false, fixedrange: true };
  const axes = { xaxis: { ...hidden, range: [-0.6, 6.9] }, yaxis: { ...hidden, range: [-0.15, 3.5] } };
  const page = layoutOf(
    { ...heading, width: 860, height: 430 },
    axes,
    [],
    { left: 16, right: 16, bottom: 12 },
    [...phases, ...notes],
  );
  return new Figure(
    straight.flatMap((arrow) => arrowTraces(arrow, isTwoWay(arrow))),
    page,
  );
}

const inAxes = { xref: 'x', yref: 'y', showarrow: false } as const;

/** Sideways shift of two opposite arrows from the straight line, in units of the axes. */
const ASIDE = 0.09;

/** Half the width and height of a box, with a margin, in units of the axes, which are equal. */
const wide = (state: LifeState): number => 0.14 + 0.04 * state.length;
const HIGH = 0.2;

function ends(
  { from, to }: Arrow,
  isTwoWay: boolean,
): { tail: readonly [number, number]; head: readonly [number, number] } {
  const [[x0, y0], [x1, y1]] = [places[from], places[to]];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy);
  const [sx, sy] = isTwoWay ? [(-dy / length) * ASIDE, (dx / length) * ASIDE] : [0, 0];
  const [out, into] = [from, to].map((state) => Math.min(wide(state) / Math.abs(dx), HIGH / Math.abs(dy))); // where the line leaves a box
  return { tail: [x0 + sx + out * dx, y0 + sy + out * dy], head: [x1 + sx - into * dx, y1 + sy - into * dy] };
}

const colourOf = ({ isOfPaper }: Arrow): string => (isOfPaper ? palette[0] : palette[1]);

function arrowTraces(arrow: Arrow, isTwoWay: boolean): Trace[] {
  const {
    tail: [x0, y0],
    head: [x1, y1],
  } = ends(arrow, isTwoWay);
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ux, uy] = [(0.12 * (x1 - x0)) / length, (0.12 * (y1 - y0)) / length];
  const colour = colourOf(arrow);
  const name = `${arrow.from} to ${arrow.to}: ${arrow.labels.join(', ')}`;
  const common = { type: 'scatter', mode: 'lines', hoverinfo: 'skip', showlegend: false, name } as const;
  const states = Object.keys(places);
  return [
    {
      ...common,
      x: [x0, x1 - ux],
      y: [y0, y1 - uy],
      line: { color: colour, width: 1.8 },
      customdata: [states.indexOf(arrow.from), states.indexOf(arrow.to), null],
      meta: { series: name, role: 'edge' },
    },
    {
      ...common,
      x: [x1, x1 - ux - uy / 3, x1 - ux + uy / 3, x1],
      y: [y1, y1 - uy + ux / 3, y1 - uy - ux / 3, y1],
      fill: 'toself',
      fillcolor: colour,
      line: { color: colour, width: 1 },
      meta: { series: name, role: 'casing' },
    },
  ];
}

function label(arrow: Arrow, isTwoWay: boolean): object {
  const { tail, head } = ends(arrow, isTwoWay);
  const at = isTwoWay ? 0.58 : 0.5; // labels of two opposite arrows stand apart
  return {
    ...inAxes,
    x: tail[0] + at * (head[0] - tail[0]),
    y: tail[1] + at * (head[1] - tail[1]),
    text: arrow.labels.join('<br>'),
    font: { size: 11, color: colourOf(arrow) },
    bgcolor: 'rgba(255,255,255,0.85)',
    borderpad: 1,
  };
}

const box = (state: string, x: number, y: number): object => ({
  ...inAxes,
  x,
  y,
  text: `<b>${state}</b>`,
  font: { size: 13, color: ink },
  bgcolor: 'white',
  bordercolor: ink,
  borderwidth: 1.2,
  borderpad: 5,
});

/** The text below the box, for an arrow that leads back to its own box. */
const loop = ({ from, labels }: Arrow): object => ({
  ...inAxes,
  x: places[from][0],
  y: places[from][1] - 0.3,
  text: `${labels.join(', ')}: stays`,
  font: { size: 11, color: palette[1] },
});
