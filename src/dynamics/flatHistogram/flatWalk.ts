// A walk over the states of a discrete system that visits all energies equally often: a move, one node to
// another of its values, is taken with probability min(1, e^(S(H) - S(H'))). S estimates the logarithm of the
// number of states of an energy, in levels of a given width. Wang and Landau learn S on the way: after each
// attempt S(level) += ln f. ln f is halved when all levels have been met again, and falls as levels /
// attempts once that is more. Sources: Wang, Landau, Phys. Rev. Lett. 86 (2001) 2050, DOI
// 10.1103/PhysRevLett.86.2050; Belardinelli, Pereyra, J. Chem. Phys. 127 (2007) 184105, DOI 10.1063/1.2803061
// (1/t).
import { Hamiltonian } from '../../energies/index.js';
import { EnergyNotANumber, termAt, termOf } from '../energyNotANumber.js';
import type { LongRun } from '../../runtime/index.js';
import { randomInteger, type RandomSource } from '../../randomness/index.js';

export interface DiscreteSystem {
  readonly energy: Pick<Hamiltonian, 'energy64' | 'track' | 'graph'>;
  readonly values: readonly number[];
  /** Energies closer than this are one level. */
  readonly width: number;
}

/** ln of the number of states by level, up to a constant; the level of H is round(H / width). */
export type LogStates = Map<number, number>;

/**
 * One chain from a random state. Every attempt returns its level and H after it, always in the same object.
 * @param unknown S of a level that is met for the first time
 * @throws EnergyNotANumber for an energy that is infinite or not a number: it has no level
 */
export function flatWalk(
  { energy, values, width }: DiscreteSystem,
  S: LogStates,
  random: RandomSource,
  unknown: (level: number) => number,
): () => Readonly<{ level: number; energy: number }> {
  const nodes = energy.graph.nodeCount;
  const state = Float64Array.from({ length: nodes }, () => values[randomInteger(random, values.length)]);
  const moves = energy.track(state);
  const known = (level: number): number => {
    if (!S.has(level)) S.set(level, unknown(level));
    return S.get(level)!;
  };
  const refuse = (E: number, node?: number): never => {
    const term =
      energy instanceof Hamiltonian
        ? node === undefined
          ? termOf(energy, state, Number.isFinite)
          : termAt(energy, state, node, proposed, Number.isFinite)
        : undefined;
    const rule = Number.isNaN(E) ? 'not a number' : String(E);
    throw new EnergyNotANumber(
      'densityOfStates',
      `the energy${node === undefined ? '' : ` with ${proposed[0]} at node ${node}`} is ${rule}`,
      { step: attempts, node, term },
    );
  };
  const H = energy.energy64(state);
  let attempts = 0;
  const at = { level: Math.round(H / width), energy: H };
  const proposed = [0];
  if (!Number.isFinite(H)) refuse(H);
  known(at.level);
  return () => {
    attempts++;
    const node = randomInteger(random, nodes);
    const now = values.indexOf(state[node]);
    const other =
      values.length === 2 ? 1 - now : (now + 1 + randomInteger(random, values.length - 1)) % values.length;
    proposed[0] = values[other];
    const there = at.energy + moves.change(node, proposed);
    if (!Number.isFinite(there)) refuse(there, node);
    const next = Math.round(there / width);
    const exponent = S.get(at.level)! - known(next);
    if (exponent >= 0 || random() < Math.exp(exponent)) {
      moves.commit(node, proposed);
      at.energy = there;
      at.level = next;
    }
    return at;
  };
}

/** S by Wang and Landau, until ln f is below `last`. */
export async function learnLogStates(
  system: DiscreteSystem,
  random: RandomSource,
  last: number,
  run: LongRun<unknown>,
): Promise<LogStates> {
  const S: LogStates = new Map();
  const attempt = flatWalk(system, S, random, () => (S.size === 0 ? 0 : Math.min(...S.values())));
  let [logFactor, attempts] = [1, 0];
  let met = new Set<number>();
  while (logFactor > last) {
    if (run.isDue) await run.turn();
    const { level } = attempt();
    attempts++;
    S.set(level, S.get(level)! + logFactor);
    met.add(level);
    if (logFactor <= S.size / attempts) logFactor = S.size / attempts;
    else if (met.size === S.size && attempts % 1000 === 0) {
      logFactor = Math.max(logFactor / 2, S.size / attempts);
      met = new Set();
    }
  }
  return S;
}
