// Runs a sampler and keeps what it visits. Long runs report progress, can be aborted and resumed: the
// seed and the step fix all randomness, so a resumed run is identical to an uninterrupted one.
import { ready } from '../tensors/index.js';
import { got } from '../numerics/check.js';
import { type OptionsOf, readOptions, type Rule } from '../numerics/options.js';
import { each, oneOf } from '../numerics/rules.js';
import { requireRecords } from './checkRecords.js';
import { requirePlace } from './checkState.js';
import { checkpointRule, observablesRule, Observer, SamplePlace } from './observed.js';
import { Records } from './records.js';
import {
  type RecordOptions,
  recordOptions,
  requireLength,
  requireOneStart,
  requireRecord,
  requireRoom,
  requireSame,
  startOf,
} from './runOptions.js';
import type { Samples } from './sampleResult.js';
import { requireSampler, type AnyState, type Sampler, type SavedState } from './sampler.js';
import { SamplerRun } from './samplerRun.js';
import { CHANGES, type Change } from './lawOf.js';

const aResume: Rule<Samples | SavedState> = (
  caller: string,
  name: string,
  value: Partial<Samples & SavedState> | null,
) => {
  if (typeof value === 'object' && value !== null && (value.arrays ?? value.state?.arrays)) return;
  throw new TypeError(`${caller}: ${name} must be samples or a saved state, got ${got(value)}`);
};

const sampleOptions = {
  /**
   * Instead of chains, seed and initial: aborted samples of the same call, which go on as if never stopped;
   * or a state, to start from.
   */
  resume: aResume,
  /**
   * What may differ on purpose from the run that saved the state: with `['temperature']` a run starts from a
   * state that was sampled at another temperature.
   */
  allow: each<Change>(oneOf(...CHANGES)),
  /**
   * Observables by name, measured at each record in place of keeping the states: `observed` has their means,
   * with errors and autocorrelation times, and `states` is empty.
   */
  observe: observablesRule,
  /**
   * Of a run of a sweep: where the run keeps how far it has come, so that a task that is ended goes on. It
   * needs `observe`: states are not kept in checkpoints.
   */
  checkpoint: checkpointRule,
};

/** Options of `sample`. */
export interface SampleOptions extends RecordOptions, OptionsOf<typeof sampleOptions> {}

/**
 * Runs a sampler on independent chains and keeps its state, float32 [nodes, components, chains], every so
 * many steps. The seed and the step fix all randomness: the same call gives the same numbers, also after a
 * stop and `resume`.
 *
 * With `observe` the states are not kept, so that memory does not grow with the number of records.
 *
 * @throws RangeError for steps, every, chains or burnIn that are not whole numbers, an `every` above `steps`,
 * an initial field that does not fit the graph, samples to resume of another run; TypeError for a wrong
 * sampler or an unknown option; RunFailed<Samples> with the place and the cause, if the field stops being
 * finite, an energy is not a number or a thread dies; Aborted<Samples>
 * @example
 * const energy = hamiltonian(karateClub(), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.02 });
 * const samples = await sample(sampler, { chains: 16, burnIn: 100, steps: 2000, every: 10, seed: 1 });
 * samples.states.length; // 200
 * observe(samples, energyOf(energy)).length; // 16
 * const long = await sample(sampler, { steps: 20_000, every: 10, seed: 1, observe: { energy: energyOf(energy) } });
 * long.observed!.energy.records; // 2000
 */
export async function sample<State extends AnyState>(
  sampler: Sampler<State>,
  options: SampleOptions,
): Promise<Samples> {
  requireSampler('sample', 'the sampler', sampler);
  const given = readOptions('sample', options, { ...recordOptions, ...sampleOptions });
  const { steps, every, burnIn, allow, onProgress, signal, observe, checkpoint } = given;
  if (checkpoint && !observe) throw new TypeError('sample: checkpoint needs observe, and observe is missing');
  const place = checkpoint && new SamplePlace(checkpoint, observe!);
  const begun = place?.read();
  const resume = begun?.state ?? given.resume;
  requireOneStart('sample', given);
  requireRecord('sample', given);
  const earlier = resume && 'states' in resume ? resume : undefined;
  const saved = earlier ? earlier.state : (resume as SavedState | undefined);
  if (saved) requirePlace('sample', saved);
  if (saved)
    requireSame(
      'sample',
      options,
      { seed: saved.seed, components: saved.shape[1], chains: saved.shape[2] },
      'what is resumed',
    );
  if (earlier && (observe || earlier.observed))
    throw new TypeError(
      'sample: samples that were observed are not resumed; a state is, such as samples.state',
    );
  if (allow && !saved) throw new TypeError('sample: allow belongs to resume, and resume is missing');
  if (earlier) {
    requireRecords('sample', earlier);
    requireSame('sample', { every }, { every: earlier.every }, 'the samples to resume');
    if (earlier.steps.length > 0) {
      const first = { burnIn: earlier.steps[0] - (earlier.begin ?? 0) - every };
      requireSame('sample', { burnIn }, first, 'the samples to resume');
    }
    requireLength('sample', steps, earlier.state.step - (earlier.begin ?? 0) - burnIn);
    if (allow)
      throw new TypeError(
        'sample: samples go on under the same law; with allow, resume must be a state, such as samples.state',
      );
  }
  await ready();
  let state = saved ? sampler.restore(saved, allow) : startOf(sampler, options);
  const begin = begun?.begin ?? earlier?.begin ?? saved?.step ?? 0;
  if (!observe) requireRoom('sample', sampler, state, given);
  const total = burnIn + steps;
  const observer = begun?.observer ?? (observe && new Observer(observe));
  const records = new Records(sampler, earlier, observer);
  const keep = async (): Promise<void> => place?.write(await sampler.save(state), begin, observer!);
  const partial = (last: State): Promise<Samples> => records.collected((state = last), begin, every);
  const stopped = async (last: State): Promise<Samples> => {
    const samples = await partial(last);
    if (signal?.aborted) await keep();
    return samples;
  };
  const where = ({ state: { step } }: Samples): string => `step ${step}`;
  const run = new SamplerRun({ caller: 'sample', signal, where, partial: stopped }, (step) =>
    onProgress?.(step - begin, total),
  );
  try {
    for (let done = state.step - begin; done < total; ) {
      const next = Math.min(total, done < burnIn ? burnIn + every : done + every - ((done - burnIn) % every));
      state = await run.advance(sampler, state, next - done);
      done = next;
      if (done > burnIn && (done - burnIn) % every === 0) await run.orFailed(records.add(state));
      if (checkpoint?.isDue && !signal?.aborted) await keep();
    }
    await run.orFailed(records.end(state));
    onProgress?.(total, total);
    return await partial(state);
  } finally {
    sampler.dispose(state);
  }
}
