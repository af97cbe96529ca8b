import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';
import { graphDrawing } from '../../src/figures/plots/graphDrawing.js';
import { heatMap } from '../../src/figures/plots/heatMap.js';
import { lineWithBand } from '../../src/figures/plots/lineWithBand.js';
import { sideBySide } from '../../src/figures/plots/sideBySide.js';

/** A reader of RFC 4180, independent of the writer. */
function read(csv: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)) {
    rows.at(-1)!.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  const [head, ...body] = rows.slice(0, -1);
  return body.map((row) => Object.fromEntries(head.map((name, k) => [name, row[k]])));
}

const axes = { x: { title: 'x' }, y: { title: 'y' } };

test('lines with bands and points with error bars come back, whatever the labels', () => {
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const points = fc.array(fc.tuple(number, fc.double({ min: 0, max: 1e3, noNaN: true })), {
    minLength: 1,
    maxLength: 9,
  });
  const label = fc.string({ minLength: 1 }).filter((text) => !/[<>]/.test(text));
  fc.assert(
    fc.property(points, label, fc.constantFrom('line' as const, 'points' as const), (data, name, marks) => {
      const series = [
        {
          label: name,
          marks,
          x: data.map((_, k) => k),
          y: data.map(([y]) => y),
          lower: data.map(([y, half]) => y - 2 * half),
          upper: data.map(([y, half]) => y + half),
        },
      ];
      const rows = read(figureCsv(lineWithBand({ name: 'a', ...axes, series })));
      assert.equal(rows.length, data.length);
      rows.forEach((row, k) => {
        const [y, half] = data[k];
        assert.equal(row.series, name);
        assert.equal(Number(row.x), k);
        for (const [text, value] of [
          [row.y, y],
          [row.lower, y - 2 * half],
          [row.upper, y + half],
        ] as const) {
          assert.ok(Math.abs(Number(text) - value) <= 1e-11 * (Math.abs(y) + 2 * half), `${text} ${value}`);
        }
      });
    }),
    { seed: 2 },
  );
});

test('cells, nodes and edges come back', () => {
  const cells = {
    x: [1, 2],
    y: [10, 20],
    z: [
      [1, 2],
      [3, 4],
    ],
  };
  const map = read(
    figureCsv(heatMap({ name: 'm', ...axes, cells, colour: { title: '⟨<i>m</i><sup>2</sup>⟩' } })),
  );
  assert.deepEqual(map[2], { series: '⟨m^2⟩', kind: 'data', x: '1', y: '20', value: '3' });
  const path = { nodeCount: 3, edgeCount: 2, endpoints: [0, 1, 1, 2] };
  const drawing = read(figureCsv(graphDrawing(path, { name: 'g', values: [0.1, 0.2, 0.3] })));
  assert.deepEqual(
    drawing.filter(({ kind }) => kind === 'edge').map(({ node, to }) => [node, to]),
    [
      ['0', '1'],
      ['1', '2'],
    ],
  );
  assert.deepEqual(
    drawing.filter(({ kind }) => kind === 'node').map(({ value }) => value),
    ['0.1', '0.2', '0.3'],
  );
  const edges = read(
    figureCsv(graphDrawing(path, { name: 'g', edgeValues: [0.5, -1], edgeColour: { title: 'curvature' } })),
  );
  assert.deepEqual(
    edges.filter(({ kind }) => kind === 'edge').map(({ node, to, value }) => [node, to, value]),
    [
      ['0', '1', '0.5'],
      ['1', '2', '-1'],
    ],
  );
});

test('panels keep their data apart, theory on a heat map comes once', () => {
  const line = lineWithBand({
    name: 'a',
    ...axes,
    series: [{ label: 's', x: [1], y: [2], lower: [1], upper: [3] }],
  });
  const map = heatMap({
    name: 'm',
    ...axes,
    cells: { x: [1], y: [2], z: [[5]] },
    colour: { title: 'c' },
    theory: [{ label: 'critical', x: [1, 2], y: [3, 4] }],
  });
  const rows = read(figureCsv(sideBySide([line, line, map], { name: 'b' })));
  assert.deepEqual(
    rows.map(({ panel, kind }) => [panel, kind]),
    [
      ['(a)', 'data'],
      ['(b)', 'data'],
      ['(c)', 'data'],
      ['(c)', 'theory'],
      ['(c)', 'theory'],
    ],
  );
  assert.equal(rows[1].upper, '3');
});

test('a plain plotly trace without our marks is data under its name', () => {
  const { layout } = lineWithBand({ name: 'a', ...axes, series: [{ label: 's', x: [1], y: [2] }] });
  const csv = figureCsv({ layout, data: [{ type: 'scatter', x: [1, 2], y: [3, 4] }] });
  assert.equal(csv, 'series,kind,x,y\ntrace 0,data,1,3\ntrace 0,data,2,4\n');
});
