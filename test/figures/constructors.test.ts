import assert from 'node:assert/strict';
import { test } from 'node:test';
import { density, histogram } from '../../src/figures/plots/histogram.js';
import { graphDrawing } from '../../src/figures/plots/graphDrawing.js';
import { heatMap, type HeatMapOptions } from '../../src/figures/plots/heatMap.js';
import { lineWithBand } from '../../src/figures/plots/lineWithBand.js';
import { sideBySide } from '../../src/figures/plots/sideBySide.js';
import type { Figure } from '../../src/figures/plots/figure.js';
import { renderSvg } from '../../src/figures/rendering/render.js';
import { plotlyStage } from '../../src/figures/rendering/stage.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Plotly finds nothing wrong, and the picture holds no broken number. */
async function drawn(figure: Figure): Promise<string> {
  const json = JSON.parse(JSON.stringify(figure)) as Pick<Figure, 'data' | 'layout'>;
  assert.equal(plotlyStage(() => 0.5).validate(json.data, json.layout), undefined);
  const svg = await renderSvg(figure);
  assert.ok(!/ (d|x|y|transform|width|height)="[^"]*(NaN|Infinity|undefined)/.test(svg));
  return svg;
}

test('a density integrates to the share of samples in its range', () => {
  const random = uniformGenerator('density');
  const values = Array.from({ length: 1000 }, random);
  const integral = (bins: number, range: [number, number]): number =>
    density(values, range, bins).reduce((sum, p) => sum + (p * (range[1] - range[0])) / bins, 0);
  const inside = values.filter((value) => value <= 0.5).length / 1000;
  assert.ok(Math.abs(integral(17, [0, 1]) - 1) < 1e-12);
  assert.ok(Math.abs(integral(10, [0, 0.5]) - inside) < 1e-12);
});

test('a histogram of uniforms is flat within five standard errors, and is drawn bar by bar', async () => {
  const random = uniformGenerator('uniform');
  const values = Float64Array.from({ length: 20_000 }, random);
  const figure = histogram({
    name: 'uniform',
    x: { title: 'u', range: [0, 1] },
    samples: [{ label: 'Philox', values }],
    bins: 10,
    theory: [{ label: 'uniform', y: () => 1 }],
  });
  for (const p of figure.data[0].y as number[])
    assert.ok(Math.abs(p - 1) < 5 * Math.sqrt(9 / 20_000), `${p}`);
  const svg = await drawn(figure);
  assert.equal(count(svg, /<g class="point">/g), 10);
  assert.ok(svg.includes('>probability density<'));
});

test('bins follow Freedman and Diaconis', () => {
  const values = Array.from({ length: 1000 }, (_, k) => k / 999);
  const { data } = histogram({ name: 'fd', x: { title: 'u' }, samples: [{ label: 'a', values }] });
  assert.equal(data[0].x?.length, 10); // IQR 1/2, n = 1000: width 0.1
});

test('bad histograms are named errors', () => {
  const sample = { label: 'a', values: [1, 2] };
  const frame = { name: 'h', x: { title: 'x' } };
  assert.throws(() => histogram({ ...frame, samples: [] }), /histogram 'h': needs at least one sample/);
  assert.throws(() => histogram({ ...frame, samples: [{ label: 'a', values: [] }] }), /sample 'a' is empty/);
  assert.throws(
    () => histogram({ ...frame, samples: [{ label: 'a', values: [NaN] }] }),
    /got NaN at index 0/,
  );
  assert.throws(
    () => histogram({ ...frame, samples: [sample], bins: 2.5 }),
    /histogram: bins must be an integer in \[1, .*, got 2.5/,
  );
  assert.throws(
    () => histogram({ ...frame, x: { title: 'x', log: true }, samples: [sample] }),
    /must be linear/,
  );
});

const map = (change: Partial<HeatMapOptions> = {}): HeatMapOptions => ({
  name: 'phases',
  x: { title: 'temperature' },
  y: { title: 'rewiring' },
  cells: {
    x: [1, 2, 3],
    y: [0.1, 1],
    z: [
      [1, 2, 3],
      [4, 5, 6],
    ],
  },
  colour: { title: 'order', unit: 'J' },
  ...change,
});

test('a heat map is a bitmap of its cells from edge to edge, with a titled bar and marked points', async () => {
  const figure = heatMap(
    map({
      y: { title: 'rewiring', log: true },
      points: [{ label: 'crystal', x: [1], y: [0.1] }],
      theory: [{ label: 'critical', y: (x) => x / 4 }],
    }),
  );
  const { xaxis, yaxis } = figure.layout as unknown as Record<string, { range: number[] }>;
  assert.deepEqual(xaxis.range, [0.5, 3.5]);
  assert.ok(Math.abs(yaxis.range[0] + 1.5) < 1e-12 && Math.abs(yaxis.range[1] - 0.5) < 1e-12);
  const svg = await drawn(figure);
  assert.equal(count(svg, /<image [^>]*data:image\/png/g), 1);
  for (const text of ['order (J)', 'crystal', 'critical', 'temperature'])
    assert.ok(svg.includes(`>${text}<`), text);
});

test('a single row or column is a cell from half to twice its place on a log axis, and of width 1 on another', () => {
  const cells = { x: [3], y: [0.1], z: [[1]] };
  const { xaxis, yaxis } = heatMap(map({ cells, y: { title: 'rewiring', log: true } }))
    .layout as unknown as Record<string, { range: number[] }>;
  assert.deepEqual(xaxis.range, [2.5, 3.5]);
  assert.deepEqual(
    yaxis.range.map((log) => Number((10 ** log).toFixed(12))),
    [0.05, 0.2],
  );
});

test('signed colours are white at zero, angles cover the circle', () => {
  const range = (scale: 'diverging' | 'cyclic' | 'sequential') => {
    const [trace] = heatMap(map({ colour: { title: 'c', scale } })).data;
    return [trace.zmin, trace.zmax];
  };
  assert.deepEqual(range('diverging'), [-6, 6]);
  assert.deepEqual(range('cyclic'), [-Math.PI, Math.PI]);
  assert.deepEqual(range('sequential'), [1, 6]);
});

test('bad heat maps are named errors', () => {
  const cells = (z: number[][]) => map({ cells: { x: [1, 2], y: [1, 2], z } });
  assert.throws(() => heatMap(cells([[1, 2]])), /cells has 2 y and 1 values/);
  assert.throws(() => heatMap(cells([[1, 2], [1]])), /row 1 of cells has 2 x and 1 values/);
  assert.throws(
    () =>
      heatMap(
        cells([
          [1, 2],
          [1, NaN],
        ]),
      ),
    /row 1 of cells must be finite, got NaN at index 1/,
  );
  assert.throws(
    () => heatMap(map({ points: [{ label: 'p', x: [1], y: [] }] })),
    /points 'p' has 1 x and 0 values/,
  );
});

const square = { nodeCount: 4, edgeCount: 4, endpoints: Int32Array.of(0, 1, 1, 2, 2, 3, 3, 0) };

test('a drawing shows every node and edge, numbers with a bar, categories with a legend', async () => {
  const numbers = await drawn(
    graphDrawing(square, { name: 'g', values: [1, 2, 3, 4], colour: { title: 'trust' } }),
  );
  assert.equal(count(numbers, /class="point /g), 4);
  assert.equal(count(numbers, /class="js-line"/g), 4);
  assert.ok(numbers.includes('>trust<'));
  const categories = graphDrawing(square, {
    name: 'g',
    values: [0, 1, 1, 0],
    categories: ['crystal', 'air'],
  });
  const svg = await drawn(categories);
  const sparse = graphDrawing(square, {
    name: 'g',
    values: [2, 0, 0, 2],
    categories: ['crystal', 'none of these', 'air'],
  });
  await drawn(sparse);
  const colourOf = (figure: typeof sparse, name: string) =>
    (figure.data.find((trace) => trace.name === name)?.marker as { color: string } | undefined)?.color;
  assert.equal(colourOf(sparse, 'none of these'), undefined);
  assert.equal(colourOf(sparse, 'crystal'), colourOf(categories, 'crystal'));
  assert.notEqual(colourOf(sparse, 'air'), colourOf(categories, 'air'), 'the third colour, not the second');
  assert.ok(svg.includes('>crystal<') && svg.includes('>air<') && !svg.includes('>trust<'));
  const edges = await drawn(
    graphDrawing(square, {
      name: 'g',
      edgeValues: [-1, 0, 0, 1],
      edgeColour: { title: 'curvature', scale: 'diverging' },
    }),
  );
  assert.equal(count(edges, /class="js-line"/g), 4);
  assert.ok(edges.includes('>curvature<'));
  for (const colour of ['rgb(2, 56, 88)', 'rgb(247, 247, 247)', 'rgb(102, 45, 0)'])
    assert.ok(edges.includes(colour), colour);
});

test('panels are drawn with letter, titles, legend and colour bar', async () => {
  const { cells, colour } = map();
  const line = lineWithBand({
    name: 'line',
    title: 'Relaxation',
    caption: 'Sixteen seeds.',
    x: { title: 'time' },
    y: { title: 'order' },
    series: [{ label: 'langevin', x: [0, 1, 2], y: [1, 2, 3] }],
  });
  const panels = [
    line,
    graphDrawing(square, { name: 'g', values: [1, 2, 3, 4], colour }),
    heatMap(map({ cells })),
  ];
  const svg = (await drawn(sideBySide(panels, { name: 'all', title: 'Overview' }))).replace(
    /<\/?tspan[^>]*>/g,
    '',
  );
  for (const text of ['(a) Relaxation', '(b)', '(c)', 'Overview', 'time', 'langevin', '(a) Sixteen seeds.']) {
    assert.ok(svg.includes(`>${text}<`), text);
  }
  assert.equal(count(svg, />order \(J\)</g), 2);
  assert.equal(count(svg, /class="point /g), 4);
});

test('bad drawings are named errors', () => {
  const draw = (change: object) => () => graphDrawing(square, { name: 'g', ...change });
  assert.throws(draw({ values: [1, 2] }), /needs one value per node, got 2 values for 4 nodes/);
  assert.throws(draw({ values: [1, 2, 3, NaN] }), /values must be finite, got NaN at index 3/);
  assert.throws(
    draw({ values: [0, 1, 2, 0], categories: ['a', 'b'] }),
    /indices of 2 categories, got 2 at node 2/,
  );
  assert.throws(draw({ positions: [1, 2, 3] }), /x and y of 4 nodes, got 3 numbers/);
  assert.throws(draw({ edgeValues: [1] }), /one value per edge, got 1 values for/);
  assert.throws(draw({ edgeValues: [1, 2, 3, 4], values: [1, 2, 3, 4] }), /one colour bar/);
  assert.throws(() => graphDrawing({ ...square, nodeCount: 0 }, { name: 'g' }), /at least one node, got 0/);
});
