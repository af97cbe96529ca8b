// Graphs from files' text: named nodes, weights, and errors that name the line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  fromCsv,
  fromEdges,
  fromGraphML,
  fromGraphology,
  type Graph,
  percolate,
  permuteNodes,
  ring,
  survivors,
  disjointUnion,
  toGraphology,
} from '../../src/graphs/index.js';
import { connectedEdges, graphOf } from './fixtures.js';

const trust = { source: 'from', target: 'to', weight: 'J' } as const;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Each edge as its two names and J. */
const named = (graph: Graph): [string, string, number][] =>
  graph.edges.map(([a, b], edge) => [graph.nodeNames![a]!, graph.nodeNames![b]!, graph.coupling(edge)]);

test('CSV: names in the order of the text, weights as couplings', () => {
  const graph = fromCsv('from,to,J\nAnn,Bob,2\n\nBob, Cem ,0.5\r\n"Cem","Dan, Dr. ""D""",0', {
    ...trust,
    name: 'trust',
    connected: false,
  });
  assert.deepEqual(named(graph), [
    ['Ann', 'Bob', 2],
    ['Bob', 'Cem', 0.5],
    ['Cem', 'Dan, Dr. "D"', 0],
  ]);
  assert.equal(graph.name, 'trust');
  assert.deepEqual(fromCsv('\uFEFFb;a\n1;2\n', { source: 'a', target: 'b', separator: ';' }).nodeNames, [
    '2',
    '1',
  ]);
  assert.equal(fromCsv('a\tb\tc\nx\ty\t', { source: 'a', target: 'b', separator: '\t' }).equalCoupling, 1);
});

test('a graph written as CSV and as GraphML is read back, whatever its names', () => {
  const name = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', '"', ',', '\n', '<', '&', ' ', 'ß', '0') })
    .map((text) => `${text.trim()}.`);
  fc.assert(
    fc.property(connectedEdges, fc.uniqueArray(name, { minLength: 12, maxLength: 12 }), (input, names) => {
      const graph = graphOf(input);
      const rows = graph.edges.map(([a, b], e) =>
        [quoted(names[a]!), quoted(names[b]!), graph.couplings[e]].join(','),
      );
      const expected = graph.edges.map(([a, b], e) => [names[a], names[b], graph.couplings[e]]);
      if (rows.length > 0)
        assert.deepEqual(
          named(fromCsv(['from,to,J', ...rows].join('\n'), { ...trust, connected: false })),
          expected,
        );
      const id = (node: number): string =>
        names[node]!.replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('"', '&quot;')
          .replaceAll('\n', '&#10;');
      const nodes = Array.from({ length: graph.nodeCount }, (_, node) => `<node id="${id(node)}"/>`);
      const edges = graph.edges.map(
        ([a, b], e) =>
          `<edge source="${id(a)}" target="${id(b)}"><data key="w">${graph.couplings[e]}</data></edge>`,
      );
      const xml = `<?xml version="1.0"?><graphml><key id="w" for="edge" attr.name="weight"/><graph edgedefault="undirected">${nodes.join('')}${edges.join('')}</graph></graphml>`;
      const back = fromGraphML(xml, { connected: false });
      assert.deepEqual(named(back), expected);
      assert.equal(back.hash, graph.hash);
    }),
    { numRuns: 60 },
  );
});

test('CSV: weights are decimal numbers of either sign', () => {
  const weights = ['-1', '+2', '.5', '-3.', '1e-3', '-2.5E+2'];
  const text = weights.map((weight, k) => `n${k},n${k + 1},${weight}`).join('\n');
  assert.deepEqual([...fromCsv(`from,to,J\n${text}`, trust).couplings], [-1, 2, 0.5, -3, 0.001, -250]);
});

test('CSV: an error names the line, the rule and the value', () => {
  const refused = (text: string, message: RegExp, options: object = trust): void =>
    assert.throws(() => fromCsv(text, { ...trust, ...options }), message);
  refused(
    'from,too,J\na,b,1',
    /^RangeError: fromCsv: line 1: there must be a column "to" \(did you mean "too"\?\), got "from", "too", "J"$/,
  );
  refused('from,to,J\na,b,1\na,c', /fromCsv: line 3: a row must have 3 cells, as the first row, got 2$/);
  refused(
    'from,to,J\n"a\nb",c,1\n,c,1',
    /fromCsv: line 4: the name of a node must not be empty, got "" - "c"$/,
  );
  refused('from,to,J\na,a,1', /line 2: an edge must join two nodes, got "a" - "a"$/);
  refused('from,to,J\na,b,1\nb,c,1\nb,a,1', /line 4: edges must be distinct, got "b" - "a", as in line 2$/);
  for (const weight of ['0x10', '0b1', '1e', '1 000', 'much', '', 'Infinity', '1e999']) {
    refused(
      `from,to,J\na,b,${weight}`,
      new RegExp(`line 2: a weight must be a finite decimal number, got "${weight}"$`),
    );
  }
  refused('from,to,J\na,5" disk,1', /line 2: a cell must be plain or quoted as a whole, got "5\\" disk,1"$/);
  refused('from,to,J\na,"b,1', /line 2: a cell must be plain or quoted as a whole, got "\\"b,1"$/);
  refused('from,to,J\na,b,1\nc,d,1', /fromCsv: the graph must be connected, got 2 components; pass/);
  refused('from,to,J', /fromCsv: the text must have at least one node, got none/);
  refused('from,to,J\na,b,1', /fromCsv: unknown option "wieght"; did you mean "weight"\?/, { wieght: 'J' });
  assert.throws(() => fromCsv(5 as never, trust), /fromCsv: text must be a string, got 5/);
});

const graphml = (body: string, keys = '', how = ''): string =>
  `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">${keys}\n<graph ${how}>\n${body}\n</graph></graphml>`;
const three = '<node id="a"><data key="n">Ann</data></node>\n<node id="b"><data key="n">Bob</data></node>\n';
const weightKey = '<key id="d" for="edge" attr.name="weight" attr.type="double"><default>3</default></key>';
const nameKey = '<key id="n" for="node" attr.name="label"/>';

test('GraphML: weights with their default, names by id or by an attribute', () => {
  const edge = '<edge source="b" target="a"/>';
  assert.deepEqual(named(fromGraphML(graphml(three + edge))), [['b', 'a', 1]]);
  assert.deepEqual(named(fromGraphML(graphml(three + edge, weightKey + nameKey), { label: 'label' })), [
    ['Bob', 'Ann', 3],
  ]);
  const own = '<edge source="b" target="a"><data key="d"> 0.25 </data></edge>';
  assert.deepEqual(named(fromGraphML(graphml(three + own, weightKey))), [['b', 'a', 0.25]]);
  const undirected = '<edge source="a" target="b" directed="false"/>';
  assert.equal(fromGraphML(graphml(three + undirected, '', 'edgedefault="directed"')).edgeCount, 1);
});

test('GraphML: an error names the line, the rule and the value', () => {
  const refused = (text: string, message: RegExp, options = {}): void =>
    assert.throws(() => fromGraphML(text, options), message);
  refused(
    '<graphml>\n<graph>\n</graphml>',
    /^RangeError: fromGraphML: line 3: the text must be XML, got unexpected close tag$/,
  );
  refused('', /fromGraphML: line 1: the text must be XML, got /);
  refused('<html/>', /line 1: the text must be a graphml element, got <html>$/);
  refused('<graphml/>', /line 1: there must be a graph, got none$/);
  refused(graphml(`${three}<node id="a"/>`), /line 5: the id of a node must be its own, got "a"$/);
  refused(
    graphml(`${three}<edge source="a" target="c"/>`),
    /line 5: an edge must join nodes of the graph, got "c"$/,
  );
  refused(graphml(`${three}<edge source="a"/>`), /line 5: the attribute target must be given, got none$/);
  refused(
    graphml(`${three}<edge source="a" target="b"/>`, '', 'edgedefault="directed"'),
    /line 5: edges must be undirected, got a directed one$/,
  );
  refused(
    graphml(`${three}<edge source="a" target="b"/>`),
    /line 1: there must be a key of attr.name "trust" for edges, got no key$/,
    { weight: 'trust' },
  );
  refused(graphml(three.replace('Bob', 'Ann'), nameKey), /line 4: names must be distinct, got "Ann"$/, {
    label: 'label',
  });
  refused(
    graphml(`${three}<hyperedge/>`),
    /line 5: a graph must hold node, edge, data, desc alone, got <hyperedge>$/,
  );
  refused(graphml('<node id="a"><graph/></node>'), /line 3: graphs must not be nested, got one in a node$/);
  refused(
    graphml(`${three}<edge source="a" target="b"><data key="d">much</data></edge>`, weightKey),
    /line 5: a weight must be a finite decimal number, got "much"$/,
  );
  refused(graphml(three), /fromGraphML: the graph must be connected, got 2 components/);
  refused(
    '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>',
    /line 1: the text must be XML, got undefined entity/,
  );
});

test('edges are the pairs of endpoints, made once', () => {
  fc.assert(
    fc.property(connectedEdges, (input) => {
      const graph = graphOf(input);
      assert.deepEqual(graph.edges.flat(), [...graph.endpoints]);
      assert.equal(graph.edges, graph.edges);
    }),
  );
});

test('names follow their nodes, or are dropped; the hash does not see them', () => {
  const nodeNames = ['Ann', 'Bob', 'Cem', 'Dan'];
  const graph = fromEdges(
    4,
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    { nodeNames, couplings: [1, 2, 3] },
  );
  const both = (other: Graph): [string, string, number][] => named(other).sort();
  assert.deepEqual(both(permuteNodes(graph, [2, 3, 0, 1])), both(graph));
  assert.deepEqual(permuteNodes(graph, [2, 3, 0, 1]).nodeNames, ['Cem', 'Dan', 'Ann', 'Bob']);
  assert.deepEqual(named(survivors(graph, [0, 1, 1, 1]).graph), [
    ['Bob', 'Cem', 2],
    ['Cem', 'Dan', 3],
  ]);
  assert.deepEqual(percolate(graph, { keep: 0, of: 'edges', seed: 1 }).graph.nodeNames, nodeNames);
  assert.deepEqual(named(fromGraphology(toGraphology(graph), { weight: 'weight' })), named(graph));
  assert.equal(graph.hash, fromEdges(4, graph.edges, { couplings: [1, 2, 3] }).hash);
  for (const none of [ring(5), disjointUnion([graph, graph]), fromGraphology(toGraphology(ring(5)))])
    assert.equal(none.nodeNames, undefined);
  assert.throws(
    () => fromEdges(2, [[0, 1]], { nodeNames: ['a'] }),
    /fromEdges: nodeNames must have one value per node \(2\), got 1/,
  );
  assert.throws(
    () => fromEdges(2, [[0, 1]], { nodeNames: ['a', 'a'] }),
    /fromEdges: nodeNames must be distinct, got "a" for nodes 0 and 1/,
  );
});
