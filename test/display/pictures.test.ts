// What the small pictures, tables and numbers say exactly: points where the values are, cells in the colours
// of their values, bars as high as their counts, statistics that are those of the data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  bars,
  binCounts,
  byteSize,
  card,
  colourAt,
  countText,
  curvePoints,
  formatNumber,
  htmlTable,
  inlineSvg,
  jupyterDisplay,
  labelStrip,
  latexNumber,
  latexSymbol,
  latexText,
  naturalRange,
  plainTable,
  rangeText,
  scales,
  sparkline,
  strip,
  summaryOf,
  svgDocument,
} from '../../src/display/index.js';
import { ready, setBackend, tf } from '../../src/tensors/index.js';
import { constantField, Field, fieldFrom } from '../../src/fields/index.js';
import { fromEdges, ring, torus } from '../../src/graphs/index.js';

type Bundle = Record<'text/html' | 'text/plain' | 'image/svg+xml', string>;
const show = async (value: object): Promise<Bundle> =>
  (await (Reflect.get(value, jupyterDisplay) as () => unknown).call(value)) as Bundle;

test('a short curve goes through every value: left to right, greatest on top', () => {
  const { body, width } = sparkline([[0, 10, 5]], { width: 101, height: 44 });
  assert.equal(/points="([^"]*)"/.exec(body)?.[1], '1,42 50.5,2 100,22');
  assert.equal(width, 149);
  assert.match(body, />10<\/text>.*>0<\/text>/);
  const texts = [...body.matchAll(/<text x="([\d.]+)"/g)].map(([, x]) => Number(x));
  assert.ok(texts.length === 2 && texts.every((x) => x > 101), `${texts} beside the curve`);
});

test('curves of different length share their axes, and zero is a dashed line between', () => {
  const { body } = sparkline(
    [
      [-1, 1],
      [0, 0, 0],
    ],
    { width: 102, height: 44 },
  );
  assert.deepEqual(
    [...body.matchAll(/points="([^"]*)"/g)].map(([, points]) => points),
    ['1,42 51,2', '1,22 51,22 101,22'],
  );
  assert.match(body, /M0 22H102" [^>]*stroke-dasharray/);
});

test('a long curve keeps the extremes of every column, and draws nothing that is not there', () => {
  fc.assert(
    fc.property(
      fc.float64Array({ minLength: 300, maxLength: 600, noNaN: true, noDefaultInfinity: true }),
      (values) => {
        const points = curvePoints(values, 100);
        assert.ok(points.length <= 200);
        for (const [k, [i, value]] of points.entries()) {
          assert.equal(value, values[i]);
          assert.ok(k === 0 || i > points[k - 1][0]);
        }
        const drawn = points.map(([, value]) => value);
        assert.equal(Math.max(...drawn), Math.max(...values));
        assert.equal(Math.min(...drawn), Math.min(...values));
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

test('values that are not finite are left out of curves and said in numbers', () => {
  assert.deepEqual(curvePoints([1, NaN, Infinity, 4], 100), [
    [0, 1],
    [3, 4],
  ]);
  assert.deepEqual(summaryOf([1, NaN, Infinity, 4]), { least: 1, greatest: 4, mean: 2.5, notFinite: 2 });
  assert.equal(rangeText([1, NaN, 4]), '1 to 4, mean 2.5, 1 not finite');
  assert.equal(rangeText([NaN]), '1 not finite');
  assert.match(sparkline([[NaN]]).body, /no finite value/);
});

test('cells stand in their row and column, in the colour of their value', () => {
  const { body, width, height } = strip(
    [
      [0, 1],
      [NaN, 0.5],
    ],
    { scale: 'diverging', low: 0, high: 1 },
    { cellWidth: 4, cellHeight: 3 },
  );
  assert.deepEqual([width, height], [8, 6]);
  const paths = [...body.matchAll(/fill="(#\w+)" d="([^"]*)"/g)].map(([, colour, path]) => [colour, path]);
  assert.deepEqual(paths, [
    ['#023858', 'M0 0h4v3h-4z'],
    ['#662d00', 'M4 0h4v3h-4z'],
    ['#f7f7f7', 'M4 3h4v3h-4z'],
  ]);
  assert.match(labelStrip([[1, 0]], ['#111111', '#222222']).body, /#222222" d="M0 0.*#111111" d="M6 0/);
});

test('colour scales pass through their stops, and zero is the middle of a diverging one', () => {
  for (const name of ['sequential', 'diverging', 'cyclic'] as const) {
    for (const [at, colour] of scales[name]) assert.equal(colourAt(name, at), colour.toLowerCase());
  }
  assert.deepEqual(naturalRange(-1, 3), { scale: 'diverging', low: -3, high: 3 });
  assert.deepEqual(naturalRange(1, 3), { scale: 'sequential', low: 1, high: 3 });
});

test('bars are as high as their counts, and every finite value is counted once', () => {
  assert.deepEqual(binCounts([0, 0.1, 0.5, 1, NaN], 0, 1, 2), [2, 2]);
  const heights = [...bars([1, 4, 0, 2], { height: 40 }).body.matchAll(/ height="([\d.]+)"/g)].map(
    ([, height]) => Number(height),
  );
  assert.deepEqual(heights, [10, 40, 20]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 7, noNaN: true }), { minLength: 1 }), (values) => {
      assert.equal(
        binCounts(values, -5, 7, 13).reduce((a, b) => a + b),
        values.length,
      );
    }),
    { seed: 1 },
  );
});

test('numbers, counts and sizes', () => {
  assert.deepEqual([0, 1.23456, -12345.6, 1e-9, NaN].map(formatNumber), [
    '0',
    '1.235',
    '-12350',
    '1e-9',
    'NaN',
  ]);
  assert.deepEqual(
    [countText(1, 'edge'), countText(20_000, 'edge'), countText(2, 'hash', 'hashes')],
    ['1 edge', '20,000 edges', '2 hashes'],
  );
  assert.deepEqual([0, 999, 1536, 4e6].map(byteSize), ['0 B', '999 B', '1.54 kB', '4 MB']);
});

test('tables escape every text, and align', () => {
  const table = {
    head: ['<a>', 'n'],
    rows: [
      ['&', '1'],
      ['b', '10'],
    ],
    align: ['left', 'right'] as const,
    caption: '"<',
  };
  assert.equal(plainTable(table), '"<\n<a>   n\n---  --\n&     1\nb    10');
  assert.equal(
    htmlTable({ ...table, rows: [['&', '1']] }),
    '<table><caption style="text-align:left">&quot;&lt;</caption><thead><tr><th style="text-align:left">&lt;a&gt;</th>' +
      '<th style="text-align:right">n</th></tr></thead><tbody><tr><td style="text-align:left">&amp;</td><td style="text-align:right">1</td></tr></tbody></table>',
  );
});

test('a card says the same as text and as HTML, and leaves out what has no value', () => {
  const bundle = card('a <b>', { one: 1, none: undefined, longer: '<i>' });
  assert.equal(bundle['text/plain'], 'a <b>\n  one     1\n  longer  <i>');
  const html = String(bundle['text/html']);
  assert.ok(html.includes('a &lt;b&gt;') && html.includes('>&lt;i&gt;<') && !html.includes('none'));
});

test('a picture in HTML takes the ink of the page, alone it has its own', () => {
  const picture = { width: 10, height: 5, body: '<path stroke="currentColor"/>' };
  assert.ok(!inlineSvg(picture, 'x').includes(' color='));
  assert.match(svgDocument(picture, 'a\u0000<'), / color="#7f7f7f" .* aria-label="a\uFFFD&lt;"/);
});

test('words and names in LaTeX', () => {
  assert.equal(latexText('a_b <c>'), '\\text{a}\\_\\text{b }\\lt \\text{c}\\gt ');
  assert.deepEqual(['J', 'lambda', 'J0', 'mu_1', 'stepSize'].map(latexSymbol), [
    'J',
    '\\lambda',
    '{J_{0}}',
    '{\\mu_{1}}',
    '\\text{stepSize}',
  ]);
  assert.deepEqual(
    [1.5e-7, 0.25, -Infinity].map((x) => latexNumber(x)),
    ['1.5 \\times 10^{-7}', '0.25', '-\\infty'],
  );
});

test('a graph shows every edge and node once, and its numbers', async () => {
  const graph = torus(3, 4);
  const bundle = await show(graph);
  assert.equal(bundle['image/svg+xml'].match(/<circle/g)?.length, 12);
  const nodes = [...bundle['image/svg+xml'].matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(
    ([, x, y]) => `${x} ${y}`,
  );
  const drawn = [...bundle['image/svg+xml'].matchAll(/M([\d.]+ [\d.]+)L([\d.]+ [\d.]+)/g)].map(([, a, b]) => [
    nodes.indexOf(a),
    nodes.indexOf(b),
  ]);
  assert.deepEqual(drawn.flat(), [...graph.endpoints]);
  assert.equal(
    bundle['text/plain'],
    `torus(3, 4)\n  nodes   12\n  edges   24\n  degree  4\n  hash    ${graph.hash.slice(0, 12)}`,
  );
  assert.equal(
    String(
      fromEdges(3, [
        [0, 1],
        [1, 2],
      ]),
    ),
    'graph: 3 nodes, 2 edges, degree 1 to 2, mean 1.333',
  );
});

test('a large graph shows how many nodes have each degree, not a drawing', async () => {
  const star = fromEdges(
    502,
    Array.from({ length: 501 }, (_, k): [number, number] => [0, k + 1]),
  );
  const svg = (await show(star))['image/svg+xml'];
  assert.ok(!svg.includes('<circle') && svg.includes('nodes by degree'));
  assert.equal(svg.match(/<rect/g)?.length, 2);
  assert.ok((await show(ring(500)))['image/svg+xml'].includes('<circle'));
  assert.equal((await show(ring(501)))['image/svg+xml'], undefined, 'one degree needs no histogram');
});

test('spins and labels show in two and in q colours, with their shares', async () => {
  const spins = await show(new Field(Float32Array.of(1, -1, 1, 1), { sites: 4, codomain: 'spin' }));
  assert.match(spins['text/html'], />-1: 25 %, 1: 75 %</);
  const labels = await show(fieldFrom([0, 2, 2], { codomain: 'potts', states: 3 }));
  assert.match(labels['text/html'], />0: 33.33 %, 1: 0 %, 2: 66.67 %</);
  assert.equal(
    constantField({ sites: 2 }, 3).toString(),
    'real field on 2 nodes, 1 component, 1 chain, free; values in [3, 3], mean 3',
  );
});

for (const backend of ['wasm', 'cpu'] as const) {
  test(`a tensor shows what it holds (${backend})`, async () => {
    await setBackend(backend);
    const { 'text/plain': text, 'text/html': html } = await show(
      tf.tensor2d(
        [
          [1, 2, 3, 4],
          [5, 6, 7, -8],
        ],
        [2, 4],
      ),
    );
    assert.equal(
      text,
      [
        'Tensor float32 [2, 4]',
        '  size     8',
        '  bytes    32 B',
        `  backend  ${backend}`,
        '  range    -8 to 7, mean 2.5',
        '  values   [[1, 2, 3, 4], [5, 6, 7, -8]]',
      ].join('\n'),
    );
    assert.match(html, /<svg .*2 rows × 4 columns/);
    const whole = await show(tf.tensor1d([1, 2, 3], 'int32'));
    assert.match(
      whole['text/plain'],
      /^Tensor int32 \[3\]\n  size     3\n  bytes    12 B\n.*\n  range    1 to 3, mean 2\n  values   \[1, 2, 3\]$/,
    );
    await setBackend('wasm');
  });
}

test('of a large tensor only a corner is read, and its range is that of all', async () => {
  await ready();
  const values = new Float32Array(400 * 500);
  values[150_000] = 7;
  values[199_999] = -3;
  const tensor = tf.tensor2d(values, [400, 500]);
  const read: number[] = [];
  const { data } = tf.Tensor.prototype;
  tf.Tensor.prototype.data = function (this: InstanceType<typeof tf.Tensor>) {
    read.push(this.size);
    return data.call(this);
  } as typeof data;
  const before = tf.memory().numTensors;
  try {
    assert.match((await show(tensor))['text/plain'], /range +-3 to 7, mean 0\.00002\n/);
  } finally {
    tf.Tensor.prototype.data = data;
  }
  assert.deepEqual(
    read.sort((a, b) => a - b),
    [3, 32 * 64],
  );
  assert.equal(tf.memory().numTensors, before, 'no tensor is left behind');
  tensor.dispose();
  assert.equal((await show(tensor))['text/plain'], 'disposed tensor float32 [400, 500]\n  values  freed');
});
