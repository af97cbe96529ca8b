// The step that all contenders make: Euler-Maruyama for H = J sum over edges |x_i - x_j|^2, two float32
// components a node, on a small world of degree 4 with a tenth of its edges rewired; and the graph as a file
// for the peers.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Graph, smallWorld } from '../../src/graphs/index.js';
import { randomKey } from '../../src/randomness/index.js';

export const J = 0.5;
export const COMPONENTS = 2;
export const TIME_STEP = 0.05;
export const TEMPERATURE = 1;
export const SEED = 1;
/** The key of the sampler's noise. */
export const KEY = randomKey(SEED, 'langevin');
export const ALL_CORES = availableParallelism();

export interface Case {
  readonly nodes: number;
  readonly chains: number;
}

export const CASES: readonly Case[] = [
  { nodes: 1e3, chains: 64 },
  { nodes: 1e6, chains: 1 },
  { nodes: 1e3, chains: 1 },
  { nodes: 1e5, chains: 1 },
];

export const label = ({ nodes, chains }: Case): string =>
  `${nodes.toExponential(0).replace('+', '')} x ${chains}`;

export const graphOf = ({ nodes }: Case): Graph =>
  smallWorld(nodes, 4, 0.1, { seed: SEED, connected: false });

/** Int32: nodes, half-edges, offsets, neighbours. */
export function writeGraph(path: string, { nodeCount, offsets, neighbours }: Graph): void {
  writeFileSync(path, bytes(Int32Array.of(nodeCount, neighbours.length)));
  for (const array of [offsets, neighbours]) writeFileSync(path, bytes(array), { flag: 'a' });
}

export const bytes = ({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
