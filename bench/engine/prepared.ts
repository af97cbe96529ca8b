// Rows that wait for what they measure: each is skipped by name until the library has it. To fill one in, write its
// `measure`: a rate to compare with `must`, or a sentence why there is none.

export interface Prepared {
  readonly name: string;
  readonly unit: string;
  readonly must: number;
  measure(): Promise<number | string>;
}

export const PREPARED: readonly Prepared[] = [
  {
    // Time per operation counted, over that of the built-in |a - b|^2; the counts come from the generated code.
    name: 'user-written double well + XY over the built-in, time per operation (at most)',
    unit: '',
    must: 1.3,
    measure: async () => 'the compiled engine does not count its operations yet',
  },
  { name: 'heat bath, +-1 on the small world, one core', unit: '1e6 flips/s', must: 100, measure: async () => 'no compiled spins yet' },
  { name: 'square lattice, multi-spin, one core', unit: 'flips/ns', must: 2, measure: async () => 'no compiled spins yet' },
  { name: 'WebGPU: Langevin step, of the measured copy bandwidth', unit: '%', must: 70, measure: async () => 'no WebGPU engine yet' },
];
