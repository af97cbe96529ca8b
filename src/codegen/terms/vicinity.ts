// A place of a pass over the nodes, and its neighbours: one node with several vectors of chains, or four
// nodes in the lanes with a vector for each of their chains. Arrays are [nodes, width, chains]. The
// neighbours of four nodes stand side by side in slots (sliced ELLPACK, Monakov et al. 2010,
// doi:10.1007/978-3-642-11515-8_10).
import type { Buffer, Code, Value } from '../language/code.js';
import { parametersAt, parametersBy, type SiteInputs } from './localTerm.js';

/** Each node has its own temperature: the same in all steps, or another in each step. */
export type ByNode = 'fixed' | 'changing';

export interface StepShape {
  readonly components: number;
  readonly chains: number;
  readonly byNode?: ByNode | undefined;
}

/** With at least this many chains, chains stand in the lanes; with fewer, nodes do. */
export const LANES = 4;

/** The values of a row, for each vector. */
export type Rows = readonly (readonly Value[])[];

export interface Neighbour {
  row(values: Buffer, width: number): Rows;
  /** Parameters of the bond to the neighbour, and of the neighbour itself. */
  readonly bond: SiteInputs['parameter'];
  readonly node: SiteInputs['parameter'];
  /** The edge's row of an array [edges, chains], for each vector. */
  ofEdge(values: Buffer): Value[];
  /** The lanes that have such a neighbour; all of them without. */
  readonly counts?: Value;
}

export interface Vicinity {
  row(values: Buffer, width: number): Rows;
  readonly parameter: SiteInputs['parameter'];
  /** The number of neighbours, as a float. */
  degree(): Value;
  /** The node's number in an array with one number per node, which begins at `start`. */
  ofNode(values: Buffer, start: Value): Value;
  /** Row k of an array [..., chains], for each vector. */
  ofChains(values: Buffer, k: number): Value[];
  /** Calls back once, inside a loop over the neighbours. */
  visit(found: (neighbour: Neighbour) => void): void;
  store(to: Buffer, rows: Rows): void;
  /** The lanes that hold what is stored, where others hold none. */
  readonly counts?: Value | undefined;
}

const [OFFSETS, NEIGHBOURS, SLOTS, DEGREES, EDGES] = [
  'offsets',
  'neighbours',
  'slots',
  'degrees',
  'edgeOf',
].map((name): Buffer => ({ name, holds: 'word', isTable: true }));

/** Vectors of chains that are computed together: as many as fit into the registers. */
export const vectorsAtOnce = ({ components, chains }: StepShape): number =>
  components === 1 && chains % 16 === 0 ? 4 : components <= 2 && chains % 8 === 0 ? 2 : 1;

/** Node i: several vectors of `lanes` chains each, from a chain on; vectors are `stride` chains apart. */
export function chainsAt(
  code: Code,
  { chains }: StepShape,
  i: Value,
  chain: Value,
  vectors: number,
  lanes = LANES,
  stride = LANES,
): Vicinity {
  const at = (node: Value, width: number, k: number, v: number): Value =>
    node
      .mul(width * chains)
      .add(chain)
      .add(k * chains + stride * v);
  const rowOf =
    (node: Value) =>
    (values: Buffer, width: number): Rows =>
      each(vectors, (v) => each(width, (k) => code.load(values, at(node, width, k, v))));
  return {
    row: rowOf(i),
    parameter: parametersAt(code, i),
    degree: () => degreeOf(code, i),
    ofNode: (values, start) => code.loadSplat(values, start.add(i)),
    ofChains: (values, k) => each(vectors, (v) => code.load(values, chain.add(k * chains + stride * v))),
    visit: (found) =>
      overNeighbours(code, i, (h, j) => {
        const ofEdge = (values: Buffer): Value[] =>
          rowOf(code.loadIndex(EDGES, h))(values, 1).map(([value]) => value);
        found({ row: onceEach(rowOf(j)), bond: parametersAt(code, h), node: parametersAt(code, j), ofEdge });
      }),
    store: (to, rows) =>
      rows.forEach((row, v) =>
        row.forEach((value, k) => code.store(to, at(i, row.length, k, v), value, lanes)),
      ),
    counts: lanes < stride ? code.lane().lt(lanes) : undefined,
  };
}

/** Calls back in a loop over the half-edges h of node i and the neighbours j at their ends. */
export const overNeighbours = (code: Code, i: Value, visit: (h: Value, j: Value) => void): void =>
  code.loop('h', code.loadIndex(OFFSETS, i), code.loadIndex(OFFSETS, i.add(1)), 1, (h) =>
    visit(h, code.loadIndex(NEIGHBOURS, h)),
  );

/** The number of neighbours of node i, as a float. */
export const degreeOf = (code: Code, i: Value): Value =>
  code.loadIndex(OFFSETS, i.add(1)).sub(code.loadIndex(OFFSETS, i)).splat().toFloat();

/** Nodes i, i + 1, i + 2, i + 3; with an `end`, only those before it are stored. */
export function nodesAt(code: Code, { chains }: StepShape, i: Value, end?: Value): Vicinity {
  const perChain = (row: readonly Value[]): Rows =>
    each(chains, (c) => each(row.length / chains, (k) => row[k * chains + c]));
  const rowAt =
    (rows: Buffer | undefined, at: Value) =>
    (values: Buffer, width: number): Rows =>
      perChain(code.gather(values, rows, at, width * chains));
  const group = i.shr(2);
  return {
    row: rowAt(undefined, i),
    parameter: parametersBy(code, (table) => code.load(table, i)),
    degree: () => code.load(DEGREES, i).toFloat(),
    ofNode: (values, start) => code.load(values, start.add(i)),
    ofChains: (values, k) => each(chains, (c) => code.loadSplat(values, code.index(k * chains + c))),
    visit: (found) => {
      const first = code.loadIndex(OFFSETS, group);
      const degrees = code.load(DEGREES, i);
      code.loop('slot', first, code.loadIndex(OFFSETS, group.add(1)), 1, (slot) => {
        const place = slot.mul(4);
        found({
          row: onceEach(rowAt(SLOTS, place)),
          bond: parametersBy(code, (table) => code.load(table, place)),
          node: parametersBy(code, (table) => code.gather(table, SLOTS, place, 1)[0]),
          ofEdge: (values) => rowAt(EDGES, place)(values, 1).map(([value]) => value),
          counts: slot.sub(first).splat().lt(degrees),
        });
      });
    },
    store: (to, rows) =>
      storeNodes(
        code,
        to,
        i,
        each(rows[0].length * chains, (l) => rows[l % chains][Math.floor(l / chains)]),
        end,
      ),
    counts: end && i.splat().add(code.lane()).lt(end.splat()),
  };
}

/** The same, but the row of each array is loaded once. */
function onceEach(load: Neighbour['row']): Neighbour['row'] {
  const known = new Map<string, Rows>();
  return (values, width) => {
    if (!known.has(values.name)) known.set(values.name, load(values, width));
    return known.get(values.name)!;
  };
}

/** Rows of four nodes, or of those before `end`. */
export function storeNodes(code: Code, to: Buffer, i: Value, row: readonly Value[], end?: Value): void {
  if (!end) return code.storeRows(to, i, row);
  const left = end.sub(i);
  const store = (count: number): void => code.storeRows(to, i, row, count);
  code.if(
    left.lt(4),
    () => [1, 2, 3].forEach((count) => code.if(left.eq(count), () => store(count))),
    () => store(4),
  );
}

/** All places of nodes [from, to). */
export function overNodes(
  code: Code,
  shape: StepShape,
  from: Value,
  to: Value,
  visit: (at: Vicinity) => void,
): void {
  if (shape.chains < LANES)
    return code.loop('i', from, to, 4, (i) => visit(nodesAt(code, shape, i, code.argument('end'))));
  code.loop('i', from, to, 1, (i) =>
    overLanes(
      code,
      shape.chains,
      (chain, lanes, vectors) => visit(chainsAt(code, shape, i, chain, vectors, lanes)),
      vectorsAtOnce(shape),
    ),
  );
}

/**
 * The lanes of a row, `vectors` of four at a time, then those that are left. @param width their number as a
 * value
 */
export function overLanes(
  code: Code,
  lanes: number,
  visit: (lane: Value, lanes: number, vectors: number) => void,
  vectors = 1,
  width = code.index(lanes),
): void {
  const rest = lanes % LANES;
  const whole = width.sub(rest);
  if (lanes >= LANES)
    code.loop('lane', code.index(0), whole, LANES * vectors, (lane) => visit(lane, LANES, vectors));
  if (rest > 0) visit(whole, rest, 1);
}

export const each = <T>(count: number, make: (k: number) => T): T[] =>
  Array.from({ length: count }, (_, k) => make(k));
