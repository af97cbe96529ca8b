// A graph with its field: nodes in the colour of their value, edges as thin lines.
import { categoryColour } from '../../display/index.js';
import { byDefault, type Filled, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aString, each, oneOf } from '../../numerics/rules.js';
import { ink } from './axis.js';
import { aColour, barRoom, barTitle, colourAttributes, type Colour } from './colour.js';
import { colouredEdges, type Places, thinEdges } from './edgeTraces.js';
import { Figure } from './figure.js';
import type { Trace } from './figureSpec.js';
import { circle, fitToSquare, naturalLayout, stress, type Topology } from '../../graphs/index.js';
import { finite, type Numbers } from './points.js';
import { numbers } from './rules.js';
import { type Heading, headingOptions, layoutOf, legendOf, palette } from './theme.js';

const drawingOptions = {
  ...headingOptions,
  /** One value per node: a number on a colour scale, or with `categories` the index of one of them. */
  values: numbers,
  /** What the colours of nodes mean; `value` by default. */
  colour: byDefault({ title: 'value' }, aColour),
  /** Names of the values 0, 1, 2, ... */
  categories: each(aString),
  /** One value per edge; then nodes cannot have numbers: a drawing has one colour bar. */
  edgeValues: numbers,
  /** What the colours of edges mean; `value` by default. */
  edgeColour: byDefault({ title: 'value' }, aColour),
  /** Where nodes stand; by default on a circle for rings and small worlds, else at least stress. */
  layout: oneOf('circle', 'stress'),
  /** [x0, y0, x1, y1, ...] instead of a layout, in any unit. */
  positions: numbers,
};

/** What `graphDrawing` draws. */
export interface GraphDrawingOptions extends Heading, OptionsOf<typeof drawingOptions> {}

type Drawing = Filled<typeof drawingOptions>;

/** Nodes on the page: coordinates within [-1, 1], diameter in pixels. */
interface Nodes extends Places {
  readonly diameter: number;
}

/**
 * A drawing of the graph. The same graph always gets the same layout.
 *
 * @throws unless there are as many values as nodes (all finite), two positions per node, known categories, as
 * many values for edges as edges, and numbers for either nodes or edges.
 * @example
 * const club = karateClub();
 * figures.graphDrawing(club, { name: 'karate', values: graphs.laplacianModes(club).modes[1], colour: { title: 'Fiedler vector', scale: 'diverging' } });
 */
export function graphDrawing(graph: Topology, options: GraphDrawingOptions): Figure {
  const figure = readOptions('graphDrawing', options, drawingOptions);
  const where = `graphDrawing '${figure.name}'`;
  if (graph.nodeCount < 1) throw new Error(`${where}: needs at least one node, got ${graph.nodeCount}`);
  const nodes = placeNodes(graph, figure, where);
  const traces = nodeTraces(graph, nodes, figure, where);
  return new Figure(
    [...edgeTraces(graph, nodes, figure, where), ...traces],
    drawingLayout(nodes, figure, legendOf(traces)),
  );
}

/** Positions rounded to 1e-4 of the half width: far below a pixel, and short in the notebook. */
function placeNodes(graph: Topology, { layout, positions }: Drawing, where: string): Nodes {
  const { nodeCount } = graph;
  const onCircle = (layout ?? naturalLayout(graph)) === 'circle' && positions === undefined;
  const at = positions
    ? finite(positions, `${where}: positions`)
    : onCircle
      ? circle(nodeCount)
      : stress(graph);
  if (at.length !== 2 * nodeCount) {
    throw new Error(`${where}: positions must hold x and y of ${nodeCount} nodes, got ${at.length} numbers`);
  }
  const rounded = Array.from(fitToSquare(at), (value) => Math.round(value * 1e4) / 1e4 + 0);
  const room = onCircle ? 800 / nodeCount : 150 / Math.sqrt(nodeCount);
  return {
    x: rounded.filter((_, k) => k % 2 === 0),
    y: rounded.filter((_, k) => k % 2 === 1),
    diameter: Math.max(4, Math.min(18, room)),
  };
}

/** The page is as high as the drawing needs at equal scales. */
function drawingLayout({ y }: Nodes, figure: Drawing, legend: readonly string[]) {
  const barred = barOf(figure);
  const notes = barred ? [barTitle(barred.colour, Array.from(barred.values))] : [];
  const { width = barred ? 580 : 520 } = figure;
  const sides = { left: 16, right: barred ? barRoom : 16, bottom: 16 };
  const reach = Math.max(0.5, ...y.map(Math.abs)) + 0.08;
  const hidden = { visible: false, constrain: 'domain' };
  const xaxis = { ...hidden, range: [-1.08, 1.08] };
  const yaxis = { ...hidden, range: [-reach, reach], scaleanchor: 'x' };
  const plotHeight = Math.round((width - sides.left - sides.right) * (reach / 1.08));
  const layout = layoutOf({ ...figure, width, height: 0 }, { xaxis, yaxis }, legend, sides, notes);
  const { t, b } = layout.margin;
  return { ...layout, height: figure.height ?? t + plotHeight + b, hovermode: 'closest' };
}

/** The values of the colour bar: those of the nodes or of the edges. */
function barOf(figure: Drawing): { values: Numbers; colour: Colour } | undefined {
  const { values, colour, categories, edgeValues, edgeColour } = figure;
  if (edgeValues !== undefined) return { values: edgeValues, colour: edgeColour };
  return values !== undefined && categories === undefined ? { values, colour } : undefined;
}

function edgeTraces(graph: Topology, nodes: Nodes, figure: Drawing, where: string): Trace[] {
  const { values, categories, edgeValues, edgeColour } = figure;
  if (edgeValues === undefined) return [thinEdges(graph, nodes)];
  if (values !== undefined && categories === undefined)
    throw new Error(`${where}: has one colour bar, got values for nodes and for edges`);
  if (edgeValues.length !== graph.edgeCount) {
    throw new Error(
      `${where}: needs one value per edge, got ${edgeValues.length} values for ${graph.edgeCount} edges`,
    );
  }
  return colouredEdges(graph, nodes, finite(edgeValues, `${where}: edge values`), edgeColour);
}

function nodeTraces(graph: Topology, nodes: Nodes, figure: Drawing, where: string): Trace[] {
  const all = Array.from({ length: graph.nodeCount }, (_, i) => i);
  const { colour, categories } = figure;
  if (figure.values === undefined) return [nodeTrace(nodes, all, 'node', { color: palette[0] })];
  if (figure.values.length !== graph.nodeCount) {
    throw new Error(
      `${where}: needs one value per node, got ${figure.values.length} values for ${graph.nodeCount} nodes`,
    );
  }
  const values = finite(figure.values, `${where}: values`);
  if (categories === undefined) {
    return [
      nodeTrace(nodes, all, colour.title, {
        color: values,
        line: { color: ink, width: 0.6 },
        ...colourAttributes(colour, values, 'c'),
      }),
    ];
  }
  const stranger = values.findIndex((value) => categories[value] === undefined);
  if (stranger >= 0) {
    throw new Error(
      `${where}: values must be indices of ${categories.length} categories, got ${values[stranger]} at node ${stranger}`,
    );
  }
  // a category without nodes keeps its colour, and is not drawn
  return categories.flatMap((category, k) => {
    const which = all.filter((i) => values[i] === k);
    return which.length === 0
      ? []
      : [
          {
            ...nodeTrace(nodes, which, category, { color: categoryColour(k, categories.length) }),
            showlegend: true,
          },
        ];
  });
}

function nodeTrace({ x, y, diameter }: Nodes, which: readonly number[], name: string, marker: object): Trace {
  const value = Array.isArray((marker as { color: unknown }).color) ? ': %{marker.color:.4g}' : '';
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    showlegend: false,
    x: which.map((i) => x[i]),
    y: which.map((i) => y[i]),
    customdata: which,
    hovertemplate: `node %{customdata}${value}<extra></extra>`,
    marker: { size: diameter, line: { color: 'white', width: 0.8 }, ...marker },
    meta: { series: name, role: 'node' },
  };
}
