// What is timed, and how contenders take turns: every round gives each a turn, in an order that shifts from
// round to round, so that all meet the same machine. A turn is a row of short batches, of which the fastest
// counts: what else runs on the machine disturbs some of them. Ratios are made within a round; their median
// stands, with its interval.

export type Kind =
  | 'library'
  | 'C, 128 bits'
  | 'C, 256 bits'
  | 'C, 7 rounds'
  | 'JAX'
  | 'JAX, default generator'
  | 'other';

export interface Contender {
  readonly name: string;
  readonly kind: Kind;
  readonly threads: number;
  /** Makes at least so many steps: how many, and the seconds they took. */
  run(steps: number): Promise<Timing>;
  close?(): void;
}

export interface Timing {
  readonly steps: number;
  readonly seconds: number;
}

export interface Measured {
  readonly contender: Contender;
  /** Node-updates (nodes x chains x steps) a second: the fastest batch of each round. */
  readonly rates: readonly number[];
}

const BATCH = 0.004; // seconds, at least: about what a scheduler leaves a process alone
const TURN = 0.15;

/** @param updates node-updates of one step */
export async function race(
  contenders: readonly Contender[],
  updates: number,
  rounds: number,
): Promise<Measured[]> {
  const batches: number[] = [];
  for (const contender of contenders) batches.push(await batchOf(contender));
  const rates: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const which = (round + turn) % contenders.length;
      let best = 0;
      for (let spent = 0; spent < TURN; ) {
        const { steps, seconds } = await contenders[which].run(batches[which]);
        best = Math.max(best, (updates * steps) / seconds);
        spent += seconds;
      }
      rates[which].push(best);
    }
  }
  return contenders.map((contender, k) => ({ contender, rates: rates[k] }));
}

/** Steps that fill a batch; this warms up too. */
async function batchOf(contender: Contender): Promise<number> {
  let batch = 1;
  for (let spent = 0; spent < TURN; ) {
    const { seconds } = await contender.run(batch);
    spent += seconds;
    if (seconds < BATCH) batch *= 2;
  }
  return batch;
}

export interface Ratio {
  readonly median: number;
  /** Of the median, at 95 % or more: order statistics of the rounds. */
  readonly interval: readonly [number, number];
}

/** How many times faster `a` is than `b`, round by round. */
export const ratio = (a: readonly number[], b: readonly number[]): Ratio =>
  medianOf(a.map((rate, k) => rate / b[k]));

/** The fastest rate of several contenders in each round. */
export const fastest = (measured: readonly Measured[]): number[] =>
  measured[0].rates.map((_, round) => Math.max(...measured.map(({ rates }) => rates[round])));

/** The median of at least six values, and its interval. */
export function medianOf(values: readonly number[]): Ratio {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  let cut = 0;
  for (let below = 0.5 ** count, term = below; 2 * below <= 0.05; cut++) {
    term *= (count - cut) / (cut + 1); // binomial weights of the rounds beyond the cut
    below += term;
  }
  const low = Math.max(cut - 1, 0);
  return {
    median: (sorted[(count - 1) >> 1] + sorted[count >> 1]) / 2,
    interval: [sorted[low], sorted[count - 1 - low]],
  };
}
