import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jupyterDisplay } from '../../src/display/index.js';
import { load } from '../../src/figures/tables/danfo.js';
import { danfo, table } from '../../src/figures/tables/table.js';

const rows = [
  { sampler: 'Langevin', nodes: 64, energy: { estimate: 31.523, interval: [31.4, 31.64] } },
  { sampler: '<Metropolis>', nodes: 128, energy: { estimate: 60.12345, interval: [59.9, 60.3] } },
  { sampler: 'Langevin', nodes: 256, energy: { estimate: 120, interval: [119, 121] } },
];
const shows = (value: object): string =>
  (value as { [jupyterDisplay](): Record<string, string> })[jupyterDisplay]()['text/plain'];

test('text is aligned, numbers to the right, measurements with their half width', () => {
  assert.equal(
    String(table(rows.slice(0, 2), { caption: 'Energies' })),
    [
      'Energies',
      'sampler       nodes        energy',
      '------------  -----  ------------',
      'Langevin         64  31.52 ± 0.12',
      '<Metropolis>    128   60.12 ± 0.2',
    ].join('\n'),
  );
});

test('a measurement whose end the data leave open says so', () => {
  const of = (interval: [number, number]): string =>
    String(table([{ T: { estimate: 2.2712, interval } }]))
      .split('\n')
      .at(-1)!
      .trim();
  assert.equal(of([2.243, Infinity]), '2.271 (≥ 2.24)');
  assert.equal(of([-Infinity, 2.3]), '2.271 (≤ 2.3)');
  assert.equal(of([-Infinity, Infinity]), '2.271 (open)');
});

test('HTML is escaped', () => {
  const html = table(rows)[jupyterDisplay]()['text/html'] as string;
  assert.ok(html.includes('&lt;Metropolis&gt;') && !html.includes('<Metropolis>'));
  assert.equal(html.match(/<tr>/g)?.length, 4);
});

test('long tables show their first rows and say how many follow', () => {
  const text = String(table({ k: Array.from({ length: 100 }, (_, k) => k) }, { limit: 10 }));
  assert.equal(text.split('\n').length, 13);
  assert.ok(text.endsWith('… 90 more rows'));
});

test('missing entries are empty, unequal columns a named error', () => {
  assert.ok(String(table([{ a: 1 }, { b: 2 }])).includes('a  b'));
  assert.throws(
    () => table({ a: [1, 2], b: [1] }),
    /table: columns must have equal lengths; 'a' has 2 rows, 'b' has 1/,
  );
  assert.throws(() => table([]), /table: needs at least one column/);
  assert.throws(() => table({ a: { length: 1e9 } }), /^TypeError: table: a must be a list, got an object/);
  assert.throws(() => table({ a: [1], b: new Array(2 ** 31) }), /'a' has 1 rows, 'b' has 2147483648/);
  assert.throws(() => table({ name: 'Langevin' }), /^TypeError: table: name must be a list, got "Langevin"/);
});

test('the frame describes, groups, queries and merges, and what comes out shows as a table', () => {
  const { frame } = table(rows);
  assert.deepEqual(frame.columns, ['sampler', 'nodes', 'energy', 'energy lower', 'energy upper']);
  const means = frame.groupby(['sampler']).mean();
  const langevin = means.values.find(([sampler]) => sampler === 'Langevin');
  assert.equal(langevin?.[1], 160);
  assert.deepEqual(frame.query(frame.column('nodes').gt(100)).column('nodes').values, [128, 256]);
  const right = table({ sampler: ['Langevin'], bias: [0.01] }).frame;
  const merged = danfo().merge({ left: frame, right, on: ['sampler'], how: 'inner' });
  assert.deepEqual(merged.column('bias').values, [0.01, 0.01]);
  assert.match(shows(frame.describe()), /^ +nodes .*\n.*\ncount /);
  assert.match(shows(frame.column('nodes')), /value\n-+\n +64\n/);
  assert.match(shows(merged), /bias/);
});

test('without danfojs-node the error holds what to add to package.json', () => {
  const missing = (): never => {
    throw new Error("Cannot find module 'danfojs-node'");
  };
  assert.throws(
    () => load(missing),
    (error: Error) => {
      assert.match(error.message, /^table: data frames need danfojs-node, which did not load/);
      const block = JSON.parse(error.message.slice(error.message.indexOf('{'))) as { overrides: object };
      assert.ok('danfojs-node' in block.overrides);
      assert.match((error.cause as Error).message, /Cannot find module/);
      return true;
    },
  );
});
