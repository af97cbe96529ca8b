// A driven run: the energy, the temperature or both change stage by stage while a sampler keeps the field
// near the law of the moment. H_k and T_k are those of stage k = 0 ... n:
//   jump        W_k = H_k(x) - H_(k-1)(x)       work, done while the field stands still
//   relaxation  Q_k = H_k(x') - H_k(x)          heat, taken from the bath while the energy stands still
// so that H_n(end) - H_0(start) = sum of W_k + Q_k (the first law, by construction), and the bath gains the
// entropy - sum of Q_k / T_k. If stage 0 starts in equilibrium, T is constant, and the sampler keeps
// exp(-H_k/T) (heat bath, Metropolis, clusters, MALA; not Langevin steps of finite size), then <exp(-W/T)> =
// exp(-dF/T) at any speed. A change of T alone does no work. Sources: Jarzynski, Phys. Rev. Lett. 78 (1997)
// 2690, doi:10.1103/PhysRevLett.78.2690; Crooks, Phys. Rev. E 60 (1999) 2721,
// doi:10.1103/PhysRevE.60.2721.
import { RunFailed } from '../../display/index.js';
import type { Hamiltonian } from '../../energies/index.js';
import { requirePositive } from '../../numerics/check.js';
import {
  byDefault,
  type Filled,
  needed,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aFunction, anything, each, finite } from '../../numerics/rules.js';
import { ready } from '../../tensors/index.js';
import { chainEnergies, chainOf } from '../chains.js';
import { count, countOrZero, aTemperature } from '../check.js';
import { EnergyNotANumber, termOf } from '../energyNotANumber.js';
import { requireOneStart, requireSame, type RunOptions, runOptions, startOf } from '../runOptions.js';
import { type AnyState, requireSampler, type Sampler } from '../sampler.js';
import { SamplerRun } from '../samplerRun.js';
import { requireTemperature } from '../schedules/nodeTemperature.js';
import { asSchedule } from '../schedules/schedule.js';
import { type DrivenRun, Stages } from './drivenRun.js';

const driveOptions = {
  /** H of a value of the protocol. */
  energy: needed(typed<(lambda: number, stage: number) => Hamiltonian>(aFunction)),
  /** lambda_0 ... lambda_n, n at least 1. */
  protocol: needed(typed<ArrayLike<number>>(each(finite))),
  /** T_k: a number, or a schedule whose steps are stages. */
  temperature: needed(aTemperature),
  /** Steps of the sampler after every jump; 1 by default. */
  steps: byDefault(1, count),
  /** Steps at stage 0 before the first jump, to be in equilibrium, neither work nor heat; 0 by default. */
  burnIn: byDefault(0, countOrZero),
  /** An aborted run of the same call, instead of chains, seed and initial: it goes on as if never stopped. */
  resume: typed<DrivenRun>(anything),
};

/** Without burn-in `initial` must be in the law of stage 0; progress counts stages. */
export interface DriveOptions<State extends AnyState> extends RunOptions, OptionsOf<typeof driveOptions> {
  /**
   * The sampler of a stage. Its name must be the same at all stages: the state goes on from one to the next.
   */
  readonly sampler: (energy: Hamiltonian, temperature: number) => Sampler<State>;
}

/**
 * Drives independent chains through the stages of a protocol: H and T change in steps, and work and heat are
 * recorded.
 *
 * @throws RangeError for a protocol of fewer than two values, a temperature that is not positive, counts that
 * are not whole numbers, or with neither a burn-in nor an initial field; Aborted<DrivenRun>;
 * RunFailed<DrivenRun>, as `sample`
 * @example
 * const { work } = await drive({
 *   energy: (J) => hamiltonian(complete(6), [interaction({ J })]), protocol: [1, 1.2, 1.4, 1.6, 1.8, 2], temperature: 1,
 *   sampler: (energy, temperature) => dynamics.mala(energy, { temperature, timeStep: 0.05 }), burnIn: 200, steps: 4, chains: 1024, seed: 1,
 * });
 * measure.jarzynski(work, 1).interval; // [1.731, 1.797]
 * exact.rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.733
 */
export async function drive<State extends AnyState>(options: DriveOptions<State>): Promise<DrivenRun> {
  const declared = {
    ...runOptions,
    ...driveOptions,
    sampler: needed(typed<DriveOptions<State>['sampler']>(aFunction)),
  };
  const given = readOptions<typeof declared>('drive', options, declared);
  const stages = stagesOf(given);
  const { protocol, temperatures } = stages;
  const { sampler, steps, burnIn, signal, onProgress, resume } = given;
  await ready();
  if (resume) {
    const { shape, seed } = resume.state;
    requireSame('drive', options, { chains: shape[2], seed }, 'what is resumed');
  }
  const first = Math.max(0, stages.done - 1);
  let energy = options.energy(protocol[first], first);
  let now = samplerOf(sampler, energy, temperatures[first]);
  let state = resume ? now.restore(resume.state) : startOf(now, options);
  let saved = resume?.state ?? (await now.save(state));
  let values = await now.read(state);
  const chains = saved.shape[2];
  const collected = (): DrivenRun => stages.collected(now.name, saved);
  const run = new SamplerRun<State, DrivenRun>({
    caller: 'drive',
    signal,
    where: ({ works }) => `${works.length} stages`,
    async partial(last) {
      if (stages.done === 0) saved = await now.save(last); // a burn-in goes on where it was
      return collected();
    },
  });
  for (let stage = stages.done; stage < protocol.length; stage++) {
    if (stage > first) {
      const last = energy;
      now.dispose(state);
      energy = options.energy(protocol[stage], stage);
      if (last !== energy) last.dispose();
      now = samplerOf(sampler, energy, temperatures[stage]);
      state = now.restore(saved, ['energy', 'temperature']);
    }
    const jumped = chainEnergies(energy, values, chains);
    state = await run.advance(now, state, stage === 0 ? burnIn - saved.step : steps);
    [saved, values] = [await now.save(state), await now.read(state)];
    const chain = stages.add(jumped, chainEnergies(energy, values, chains));
    if (chain >= 0) {
      const term = termOf(energy, chainOf(values, chain, chains), Number.isFinite);
      const what = `the work, the heat or the energy of stage ${stage} is not a number`;
      throw new RunFailed(
        new EnergyNotANumber('drive', what, { step: saved.step, chain, term }),
        collected(),
      );
    }
    if (stage > 0) onProgress?.(stage, protocol.length - 1);
  }
  now.dispose(state);
  return collected();
}

/** The stages of the protocol, those of a run to resume done. @throws RangeError, TypeError as `drive` */
function stagesOf(given: Filled<typeof driveOptions & typeof runOptions>): Stages {
  const { burnIn, initial, resume } = given;
  const protocol = Float64Array.from(given.protocol);
  if (protocol.length < 2)
    throw new RangeError(`drive: the protocol needs at least two values, got ${protocol.length}`);
  if (burnIn === 0 && !initial && !resume)
    throw new RangeError('drive: needs a burnIn, or an initial field in the law of stage 0, got neither');
  requireOneStart('drive', given);
  const schedule = asSchedule('drive', given.temperature);
  const temperatures = protocol.map((_, stage) => schedule.at(stage));
  temperatures.forEach((T, stage) => requirePositive('drive', `the temperature of stage ${stage}`, T));
  return new Stages(protocol, temperatures, resume);
}

/**
 * @throws RangeError for a sampler of another energy or temperature than those of the stage: the work would
 * be that of another process
 */
function samplerOf<State extends AnyState>(
  make: DriveOptions<State>['sampler'],
  energy: Hamiltonian,
  temperature: number,
): Sampler<State> {
  const made = make(energy, temperature);
  requireSampler('drive', 'sampler(energy, temperature)', made);
  requireTemperature('drive', `sampler(energy, ${temperature})`, made.temperature, temperature);
  if (made.energy === energy || made.energy.hash === energy.hash) return made;
  throw new RangeError(
    `drive: sampler(energy, ${temperature}) must have that energy (${energy.hash.slice(0, 8)}), ` +
      `got another (${made.energy.hash.slice(0, 8)})`,
  );
}
