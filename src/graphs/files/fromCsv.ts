// A graph from a table of its edges as CSV: one edge per row, columns by the names in the first row. Source:
// RFC 4180; another separator, outer blanks of a cell and blank lines are allowed besides.
import { got } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { near } from '../../numerics/near.js';
import { aString, oneOf } from '../../numerics/rules.js';
import { type GraphOptions, graphOptions } from '../generators/fromEdges.js';
import type { Graph } from '../graph.js';
import { NamedEdges } from './namedEdges.js';

const csvOptions = {
  /** The column with the name of an edge's first node. */
  source: needed(aString),
  /** The column with the name of its other node. */
  target: needed(aString),
  /** The column with J_ij; all couplings are 1 by default. */
  weight: aString,
  /** What stands between cells; `,` by default. */
  separator: byDefault(',', oneOf(',', ';', '\t')),
  ...graphOptions,
};

/** Options of `fromCsv`. */
export interface CsvOptions extends GraphOptions, OptionsOf<typeof csvOptions> {}

/**
 * The graph of a table of edges. Nodes are numbered in the order in which the text names them;
 * `graph.nodeNames` has their names.
 *
 * @throws RangeError that names the line, the rule and the value: a column that is not there, a row of
 * another length, an empty name, a self loop, an edge that is there already, a weight that is not a decimal
 * number; for a disconnected graph unless `connected` is false; TypeError unless the text is a string
 * @example
 * const graph = graphs.fromCsv('from,to,trust\nAnn,Bob,2\nBob,Cem,1', { source: 'from', target: 'to', weight: 'trust' });
 * graph.nodeNames; // ['Ann', 'Bob', 'Cem']
 * graph.couplings; // [2, 1]
 */
export function fromCsv(text: string, options: CsvOptions): Graph {
  const { source, target, weight, separator, ...named } = readOptions('fromCsv', options, csvOptions);
  if (typeof text !== 'string') throw new TypeError(`fromCsv: text must be a string, got ${got(text)}`);
  const edges = new NamedEdges('fromCsv');
  let header: readonly string[] | undefined;
  let columns: readonly number[] = [];
  for (const { line, cells } of rowsOf(text.replace(/^\uFEFF/, ''), separator, edges)) {
    if (!header) {
      header = cells;
      columns = [source, target, ...(weight === undefined ? [] : [weight])].map((name) =>
        columnOf(edges, line, cells, name),
      );
      continue;
    }
    const { length } = header;
    if (cells.length !== length)
      edges.refuse(line, `a row must have ${length} cells, as the first row`, String(cells.length));
    const [from, to, J] = columns.map((column) => cells[column]);
    if (from === '' || to === '')
      edges.refuse(line, 'the name of a node must not be empty', `${got(from)} - ${got(to)}`);
    edges.add(line, from, to, J);
  }
  return edges.graph(named);
}

function columnOf(edges: NamedEdges, line: number, header: readonly string[], name: string): number {
  const column = header.indexOf(name);
  if (column >= 0) return column;
  const other = near(name, header);
  const hint = other === undefined ? '' : ` (did you mean ${got(other)}?)`;
  return edges.refuse(line, `there must be a column ${got(name)}${hint}`, header.map(got).join(', '));
}

/** The rows that are not blank; quoted cells may hold line ends. */
function* rowsOf(
  text: string,
  separator: string,
  edges: NamedEdges,
): Generator<{ line: number; cells: string[] }> {
  const blanks = `[^\\S\\r\\n${separator}]*`;
  const quotation = `"([^"]*(?:""[^"]*)*)"${blanks}`;
  const cell = new RegExp(`${blanks}(?:${quotation}|([^"\\r\\n${separator}]*))(${separator}|\\r?\\n|$)`, 'y');
  let [line, first] = [1, 1];
  let cells: string[] = [];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const begin = cell.lastIndex;
    const match = cell.exec(text);
    if (!match)
      return edges.refuse(
        line,
        'a cell must be plain or quoted as a whole',
        got(text.slice(begin).split(/[\r\n]/, 1)[0]),
      );
    const [whole, quoted, plain, end] = match;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"').trim());
    line += whole.split('\n').length - 1;
    if (end === separator) continue;
    if (cells.length > 1 || cells[0] !== '') yield { line: first, cells };
    first = line;
    cells = [];
  }
}
