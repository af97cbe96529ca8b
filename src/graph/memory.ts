// What a graph needs of the machine, asked before anything is allocated.
import { byteSize, counted } from '../display/index.js';

/** Half-edges are numbered by 32-bit integers. */
const MOST_EDGES = 2 ** 30 - 1;
/** Less than this is not worth asking for: the question takes some microseconds. */
const SMALL = 2 ** 26;

/**
 * Bytes of a graph while it is built, for each edge and node: endpoints and neighbours (16), offsets and
 * components (8). What a generator needs beside the graph comes on top.
 */
const GRAPH = { edge: 16, node: 8 };

/** Throws, with the size needed and the size there is, for a graph that cannot be numbered or that memory cannot hold. */
export function requireMemory(
  caller: string, nodeCount: number, edgeCount: number, beside = { edge: 0, node: 0 }, there = memoryThere,
): void {
  const bytes = (GRAPH.edge + beside.edge) * edgeCount + (GRAPH.node + beside.node) * nodeCount;
  const needs = `${counted(nodeCount, 'node')} and ${counted(edgeCount, 'edge')} need ${byteSize(bytes)} of memory`;
  if (edgeCount > MOST_EDGES) throw new RangeError(`${caller}: a graph has at most 2^30 - 1 edges; ${needs}`);
  if (bytes < SMALL) return;
  const most = there();
  if (bytes > most) throw new RangeError(`${caller}: ${needs}, there are ${byteSize(most)}`);
}

/** Bytes that this process can still have; browsers do not tell. */
function memoryThere(): number {
  const total = globalThis.process?.getBuiltinModule?.('node:os').totalmem();
  if (total === undefined) return Infinity;
  const container = process.constrainedMemory(); // 0 or beyond all bounds where there is no limit
  if (container > 0 && container < total) return Math.max(0, container - process.memoryUsage.rss());
  return process.platform === 'darwin' ? total : process.availableMemory(); // macOS counts no cache as available
}
