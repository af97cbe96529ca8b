// The memory that a graph needs, checked before anything is allocated.
import { builtin } from '../files/node.js';
import { byteSize, countText } from '../display/index.js';

/** Half-edges are numbered by 32-bit integers. */
const MOST_EDGES = 2 ** 30 - 1;
/** Fewer bytes than this are not checked: the check takes some microseconds. */
const SMALL = 2 ** 26;

/**
 * Bytes of a graph while it is built, per edge and per node: endpoints and neighbours (16), offsets and
 * components (8). `beside` is what a generator needs in addition.
 */
const GRAPH = { edge: 16, node: 8 };

/**
 * Throws, with the size needed and the size available, for a graph whose edges cannot be numbered or that
 * memory cannot hold.
 */
export function requireMemory(
  caller: string,
  nodeCount: number,
  edgeCount: number,
  beside = { edge: 0, node: 0 },
  available = availableMemory,
): void {
  const bytes = (GRAPH.edge + beside.edge) * edgeCount + (GRAPH.node + beside.node) * nodeCount;
  const needs = `${countText(nodeCount, 'node')} and ${countText(edgeCount, 'edge')} need ${byteSize(bytes)} of memory`;
  if (edgeCount > MOST_EDGES) throw new RangeError(`${caller}: a graph has at most 2^30 - 1 edges; ${needs}`);
  if (bytes < SMALL) return;
  const most = available();
  if (bytes > most) throw new RangeError(`${caller}: ${needs}, there are ${byteSize(most)}`);
}

/** Bytes that this process can still allocate; unknown in browsers. */
export function availableMemory(): number {
  const [os, process] = [builtin('node:os'), builtin('node:process')];
  if (!os || !process) return Infinity;
  const total = os.totalmem();
  const container = process.constrainedMemory(); // 0 or a huge number if there is no limit
  if (container > 0 && container < total) return Math.max(0, container - process.memoryUsage.rss());
  return process.platform === 'darwin' ? total : process.availableMemory(); // macOS does not count its cache as available
}

/**
 * Throws, with the bytes needed and available, for what memory cannot hold. @param what 'the shape [2, 3, 1]
 * needs'
 */
export function requireBytes(caller: string, what: string, bytes: number, available = availableMemory): void {
  const most = available();
  if (bytes > most)
    throw new RangeError(`${caller}: ${what} ${byteSize(bytes)} of memory, there are ${byteSize(most)}`);
}
