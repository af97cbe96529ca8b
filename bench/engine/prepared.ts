// The bars beside the race: a rate to compare with `must`, or a sentence why there is none.
import { gpuBandwidth, gpuFlips } from './gpu.js';
import { label } from './problem.js';
import { smallWorldRate, squareLatticeRate } from './spins.js';
import { variantCost } from './variant.js';

export interface Prepared {
  readonly name: string;
  readonly unit: string;
  readonly must?: number;
  measure(): Promise<number | string | Beside>;
}

/** A rate, and in words what it is beside a peer. */
export interface Beside {
  readonly value: number;
  readonly beside: string;
}

export const PREPARED: readonly Prepared[] = [
  {
    // Time per operation counted, over that of the built-in |a - b|^2; the counts come from the generated
    // code.
    name: 'user-written double well + XY over the built-in, time per operation (at most)',
    unit: '',
    must: 1.3,
    measure: variantCost,
  },
  ...[
    { nodes: 1e3, chains: 64 },
    { nodes: 1e5, chains: 1 },
  ].map((size) => ({
    name: `heat bath, +-1 on the small world, ${label(size)}, one core`,
    unit: '1e6 flips/s',
    must: 100,
    measure: () => smallWorldRate(size),
  })),
  ...[
    { length: 1024, chains: 1 },
    { length: 64, chains: 128 },
  ].map(({ length, chains }) => ({
    name: `square lattice, ${length}^2 x ${chains}, multi-spin, one core`,
    unit: 'flips/ns',
    must: 2,
    measure: () => squareLatticeRate(length, chains),
  })),
  {
    name: 'WebGPU: Langevin step, 1e6 x 1, bytes that it must move of those that a copy moves',
    unit: '%',
    must: 70,
    measure: () => gpuBandwidth(1e6),
  },
  {
    name: 'WebGPU: heat bath, +-1, square lattice, 4096^2 x 1',
    unit: 'flips/ns',
    measure: () => gpuFlips(4096),
  },
];
