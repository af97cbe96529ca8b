// A driven run: the energy, the temperature or both change stage by stage while a sampler keeps the field
// near the law of
// the moment. H_k and T_k are those of stage k = 0 ... n:
//   jump        W_k = H_k(x) - H_(k-1)(x)       work, done while the field stands still
//   relaxation  Q_k = H_k(x') - H_k(x)          heat, taken from the bath while the energy stands still
// so that H_n(end) - H_0(start) = sum of W_k + Q_k (the first law, by construction), and the bath gains the
// entropy - sum of
// Q_k / T_k. If stage 0 starts in equilibrium, T is constant, and the sampler keeps exp(-H_k/T) (heat bath,
// Metropolis,
// clusters, MALA; not Langevin steps of finite size), then <exp(-W/T)> = exp(-dF/T) at any speed. A change of
// T alone does no work.
// Sources: Jarzynski, Phys. Rev. Lett. 78 (1997) 2690, doi:10.1103/PhysRevLett.78.2690; Crooks, Phys. Rev. E
// 60 (1999) 2721,
// doi:10.1103/PhysRevE.60.2721.
import {
  addCaption,
  RunFailed,
  card,
  countText,
  formatNumber,
  type MimeBundle,
  numeral,
  printAs,
  rangeText,
  sparkline,
} from '../../display/index.js';
import { nextTurn } from '../../files/nextTurn.js';
import { ready } from '../../tensors/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { got, requirePositive } from '../../numerics/check.js';
import { aFunction, anything, checkOptions, each, finite, needed } from '../../numerics/options.js';
import { mean } from '../../statistics/mean.js';
import { chainEnergies, chainOf } from '../chains.js';
import { EnergyNotANumber, termOf } from '../energyNotANumber.js';
import { requireOneTemperature } from '../langevin/nodeTemperature.js';
import { requirePlace } from '../checkState.js';
import { Pace } from '../pace.js';
import { count, countOrZero, temperatureRule } from '../check.js';
import { requireOneStart, requireSame, type RunOptions, runRules, startOf } from '../sample.js';
import type { AnyState, Sampler, SavedState } from '../sampler.js';
import { asSchedule, type Temperature } from '../schedules/schedule.js';

/** Without burn-in `initial` must be in the law of stage 0; progress counts stages. */
export interface DriveOptions<State extends AnyState> extends RunOptions {
  /** H of a value of the protocol. */
  readonly energy: (lambda: number, stage: number) => Hamiltonian;
  /** lambda_0 ... lambda_n, n at least 1. */
  readonly protocol: ArrayLike<number>;
  /** T_k: a number, or a schedule whose steps are stages. */
  readonly temperature: Temperature;
  /**
   * The sampler of a stage. Its name must be the same at all stages: the state goes on from one to the next.
   */
  readonly sampler: (energy: Hamiltonian, temperature: number) => Sampler<State>;
  /** Steps of the sampler after every jump; 1 by default. */
  readonly steps?: number;
  /** Steps at stage 0 before the first jump, to be in equilibrium; neither work nor heat. */
  readonly burnIn?: number;
  /** An aborted run of the same call, instead of chains, seed and initial: it goes on as if never stopped. */
  readonly resume?: DrivenRun;
}

/** Work, heat and entropy of every chain of a driven run. */
export interface DrivenRun {
  readonly sampler: string;
  readonly protocol: Float64Array;
  readonly temperatures: Float64Array;
  /** W and Q of each chain, sums over stages, and - sum of Q_k / T_k, which it gives to the bath. */
  readonly work: Float64Array;
  readonly heat: Float64Array;
  readonly entropy: Float64Array;
  /** By stage, from stage 0 on, where there is neither work nor heat; [chains] each. */
  readonly works: readonly Float64Array[];
  readonly heats: readonly Float64Array[];
  /** H_k at the end of stage k. */
  readonly energies: readonly Float64Array[];
  /** Where the run stands. */
  readonly state: SavedState;
}

/**
 * Drives independent chains through the stages of a protocol: H and T change in steps, and work and heat are
 * recorded.
 *
 * @throws RangeError for a protocol of fewer than two values, a temperature that is not positive, counts
 * that are not whole numbers, or with
 *         neither a burn-in nor an initial field; Aborted<DrivenRun>; RunFailed<DrivenRun>, as `sample`
 * @example
 * const { work } = await drive({
 *   energy: (J) => hamiltonian(complete(6), [interaction({ J })]), protocol: [1, 1.2, 1.4, 1.6, 1.8, 2], temperature: 1,
 *   sampler: (energy, temperature) => mala(energy, { temperature, timeStep: 0.05 }), burnIn: 200, steps: 4, chains: 1024, seed: 1,
 * });
 * jarzynski(work, 1).interval; // [1.731, 1.797]
 * rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.733
 */
export async function drive<State extends AnyState>(options: DriveOptions<State>): Promise<DrivenRun> {
  checkOptions('drive', options, {
    ...runRules,
    energy: needed(aFunction),
    protocol: needed(each(finite)),
    temperature: temperatureRule,
    sampler: needed(aFunction),
    steps: count,
    burnIn: countOrZero,
    resume: anything,
  });
  const { sampler, steps = 1, burnIn = 0, initial, signal, onProgress, resume } = options;
  const protocol = Float64Array.from(options.protocol);
  if (protocol.length < 2)
    throw new RangeError(`drive: the protocol needs at least two values, got ${protocol.length}`);
  if (burnIn === 0 && !initial && !resume)
    throw new RangeError('drive: needs a burnIn, or an initial field in the law of stage 0, got neither');
  requireOneStart('drive', options);
  if (resume) requireRun(resume, protocol);
  const schedule = asSchedule('drive', options.temperature);
  const temperatures = protocol.map((_, stage) => schedule.at(stage));
  temperatures.forEach((T, stage) => requirePositive('drive', `the temperature of stage ${stage}`, T));
  await ready();

  if (resume)
    requireSame(
      'drive',
      options,
      { chains: resume.state.shape[2], seed: resume.state.seed },
      'what is resumed',
    );
  const [works, heats, energies] = [
    [...(resume?.works ?? [])],
    [...(resume?.heats ?? [])],
    [...(resume?.energies ?? [])],
  ];
  const first = Math.max(0, works.length - 1);
  let energy = options.energy(protocol[first], first);
  let now = sampler(energy, temperatures[first]);
  requireOneTemperature('drive', now.temperature);
  let state = resume ? now.restore(resume.state) : startOf(now, options);
  let saved = resume?.state ?? (await now.save(state));
  let values = await now.read(state);
  const chains = saved.shape[2];
  const zeros = (): Float64Array => new Float64Array(chains);
  const collected = (): DrivenRun => {
    const sum = (by: readonly Float64Array[], weight: (stage: number) => number): Float64Array =>
      zeros().map((_, c) => by.reduce((total, each, stage) => total + each[c] * weight(stage), 0));
    return printAs<DrivenRun>(
      {
        sampler: now.name,
        protocol,
        temperatures,
        work: sum(works, () => 1),
        heat: sum(heats, () => 1),
        entropy: sum(heats, (stage) => -1 / temperatures[stage]),
        works,
        heats,
        energies,
        state: saved,
      },
      drivenCard,
    );
  };
  const stop = {
    caller: 'drive',
    signal,
    where: () => `${works.length} stages`,
    async partial(last: State): Promise<DrivenRun> {
      if (works.length === 0) saved = await now.save(last); // a burn-in goes on where it was
      return collected();
    },
  };

  for (let stage = works.length; stage < protocol.length; stage++) {
    if (stage > first) {
      const last = energy;
      now.dispose(state);
      energy = options.energy(protocol[stage], stage);
      if (last !== energy) last.dispose();
      now = sampler(energy, temperatures[stage]);
      state = now.restore(saved, ['energy', 'temperature']);
    }
    const jumped = chainEnergies(energy, values, chains);
    const count = stage === 0 ? burnIn - saved.step : steps;
    state = await new Pace(now, stop).advance(state, count);
    [saved, values] = [await now.save(state), await now.read(state)];
    const after = chainEnergies(energy, values, chains);
    const work = stage === 0 ? zeros() : jumped.map((E, c) => E - energies[stage - 1][c]);
    const heat = stage === 0 ? zeros() : after.map((E, c) => E - jumped[c]);
    const chain = after.findIndex((E, c) => Number.isNaN(E + work[c] + heat[c]));
    if (chain >= 0) {
      const term = termOf(energy, chainOf(values, chain, chains), Number.isFinite);
      throw new RunFailed(
        new EnergyNotANumber('drive', `the work, the heat or the energy of stage ${stage} is not a number`, {
          step: saved.step,
          chain,
          term,
        }),
        collected(),
      );
    }
    works.push(work);
    heats.push(heat);
    energies.push(after);
    if (stage > 0) onProgress?.(stage, protocol.length - 1);
    if (stage % 16 === 0) await nextTurn();
  }
  now.dispose(state);
  return collected();
}

/**
 * @throws RangeError, TypeError for a run of another protocol, and for one whose stages do not fit its state
 */
function requireRun(
  { protocol: earlier, works, heats, energies, state }: DrivenRun,
  protocol: Float64Array,
): void {
  if (String(earlier) !== String(protocol))
    throw new RangeError('drive: the run to resume has another protocol');
  requirePlace('drive', state ?? {});
  for (const [name, list] of Object.entries({ works, heats, energies })) {
    const isRight =
      Array.isArray(list) &&
      list.length === works.length &&
      list.length <= protocol.length &&
      list.every((each) => each instanceof Float64Array && each.length === state.shape[2]);
    if (!isRight)
      throw new RangeError(
        `drive: ${name} of the run to resume must be a list of ${state.shape[2]} numbers for each stage that is done, got ${got(list)}`,
      );
  }
}

function drivenCard({
  sampler,
  protocol,
  temperatures,
  work,
  heat,
  entropy,
  energies,
}: DrivenRun): MimeBundle {
  return card(
    `Driven run of ${sampler}`,
    {
      protocol: `${formatNumber(protocol[0])} to ${formatNumber(protocol.at(-1)!)} in ${countText(protocol.length - 1, 'jump')}`,
      temperature: rangeText(temperatures),
      chains: numeral(work.length),
      'mean work': formatNumber(mean(work)),
      'mean heat': formatNumber(mean(heat)),
      'mean entropy to the bath': formatNumber(mean(entropy)),
    },
    { picture: addCaption(sparkline([Float64Array.from(energies, mean)]), ['mean energy by stage']) },
  );
}
