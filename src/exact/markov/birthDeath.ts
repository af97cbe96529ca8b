// Mean first-passage times of a birth-death chain, which goes from state u to u + 1 at the rate rise_u and to
// u - 1 at fall_u. In the mean time t_u from u to u + 1 the chain first leaves u and, if it left downwards,
// comes back and tries again:
//   t_u = 1 / rise_u + (fall_u / rise_u) t_(u-1),   t_0 = 1 / rise_0,
// sums of positive terms; mirrored for the way down. In discrete time, rates are probabilities per step, and
// the law after n steps is the law at the start after n applications of the transition matrix.
// Source: Van Kampen, Stochastic Processes in Physics and Chemistry, section XII.2.

/** The rates of a walk on 0, 1, 2, ... that goes one step up or down. */
export interface BirthDeath {
  /** `[states]`: rate from u to u + 1. */
  readonly rise: Float64Array;
  /** `[states]`: rate from u to u - 1. */
  readonly fall: Float64Array;
}

/** Mean time until a chain that starts in state `from` first reaches state `to`. */
export function passageTime({ rise, fall }: BirthDeath, from: number, to: number): number {
  const last = rise.length - 1;
  if (to < from)
    return passageTime({ rise: fall.toReversed(), fall: rise.toReversed() }, last - from, last - to);
  let [step, sum] = [0, 0];
  for (let u = 0; u < to; u++) {
    step = (1 + fall[u] * step) / rise[u];
    if (u >= from) sum += step;
  }
  return sum;
}

/**
 * The law after `steps` steps of the chain in discrete time: `rise` and `fall` times `scale` are
 * probabilities per step.
 */
export function lawAfter({ rise, fall }: BirthDeath, from: number, steps: number, scale = 1): Float64Array {
  let law = new Float64Array(rise.length);
  law[from] = 1;
  let next = new Float64Array(rise.length);
  for (let step = 0; step < steps; step++) {
    for (let u = 0; u < law.length; u++) {
      const [up, down] = [
        u > 0 ? rise[u - 1] * law[u - 1] : 0,
        u + 1 < law.length ? fall[u + 1] * law[u + 1] : 0,
      ];
      next[u] = law[u] + scale * (up + down - (rise[u] + fall[u]) * law[u]);
    }
    [law, next] = [next, law];
  }
  return law;
}
