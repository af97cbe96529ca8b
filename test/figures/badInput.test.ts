// A figure names an attribute that it does not have, where it was ignored before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  graphDrawing,
  heatMap,
  histogram,
  lineWithBand,
  sideBySide,
  Table,
  table,
} from '../../src/figures/index.js';
import { ring } from '../../src/graphs/index.js';

const wrong = (value: unknown) => value as never;
const axes = { x: { title: 'x' }, y: { title: 'y' } };
const line = { name: 'line', ...axes, series: [{ label: 'one', x: [0, 1], y: [0, 1] }] };

test('figures refuse unknown attributes of the figure, its axes and its series', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [
      () => lineWithBand(wrong({ ...line, heigth: 3 })),
      /lineWithBand: unknown option "heigth"; did you mean "height"/,
    ],
    [
      () => lineWithBand(wrong({ ...line, x: { title: 'x', logarithmic: true } })),
      /lineWithBand: x: unknown option "logarithmic"/,
    ],
    [
      () => lineWithBand(wrong({ ...line, x: 'time' })),
      /lineWithBand: x: options must be an object with title, .*, got "time"/,
    ],
    [
      () => lineWithBand(wrong({ ...line, series: [{ ...line.series[0], color: 'red' }] })),
      /series\[0\]: unknown option "color"; did you mean "colour"/,
    ],
    [
      () => lineWithBand(wrong({ ...line, series: [{ ...line.series[0], marks: 'dots' }] })),
      /series\[0\]: marks must be one of line, points, got "dots"/,
    ],
    [() => lineWithBand(wrong({ name: 'line', ...axes })), /lineWithBand: series is missing/],
    [
      () => histogram(wrong({ name: 'h', x: axes.x, samples: [{ label: 'a', values: [1, 2] }], bin: 3 })),
      /histogram: unknown option "bin"; did you mean "bins"/,
    ],
    [
      () =>
        heatMap(
          wrong({
            name: 'h',
            ...axes,
            cells: { x: [0], y: [0], z: [[1]] },
            colour: { title: 'c', scale: 'viridis' },
          }),
        ),
      /heatMap: colour: scale must be one of/,
    ],
    [
      () => graphDrawing(ring(5), wrong({ name: 'g', value: [1, 2, 3, 4, 5] })),
      /graphDrawing: unknown option "value"; did you mean "values"/,
    ],
    [
      () => sideBySide([lineWithBand(line)], wrong({ name: 's', rows: 2 })),
      /sideBySide: unknown option "rows"/,
    ],
    [() => table({ a: [1] }, wrong({ title: 'a' })), /table: unknown option "title"/],
    [() => new Table({ a: [1] }, { limit: -1 }), /table: limit must be an integer in/],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});
