// The ladder of a parallel tempering: at each temperature a sampler, where it stands and its records; rounds
// of steps, swaps between neighbours, and what is collected of them.
import { card, type MimeBundle, numeral, printAs, rangeText } from '../../display/index.js';
import { type Seed, uniformGenerator } from '../../randomness/index.js';
import { chainEnergies, chainOf } from '../chains.js';
import { EnergyNotANumber, termOf } from '../energyNotANumber.js';
import { Records } from '../records.js';
import { type Samples, shareText } from '../sampleResult.js';
import { type AnyState, type Sampler, SamplerStopped } from '../sampler.js';
import { SamplerRun } from '../samplerRun.js';
import { copyRungs, type RungsState, startRungs, swapRungs } from './roundTrips.js';
import type { TemperingState } from './temperingState.js';

/** The records of a `parallelTempering` run, with its swaps. */
export interface Tempering {
  /** By temperature, as `sample` returns them: one record per round, before its swaps. */
  readonly samples: readonly Samples[];
  /** By pair of neighbours: the lower temperature, swaps tried and taken in all ladders. */
  readonly swaps: readonly {
    readonly temperature: number;
    readonly tried: number;
    readonly taken: number;
    readonly rate: number;
  }[];
  /**
   * By ladder: how often a field came from the lowest temperature to the highest and back, burn-in included.
   */
  readonly roundTrips: Float64Array;
  /** Where the run stands: pass it as `resume` to go on. */
  readonly state: TemperingState;
}

/** What the rungs share. */
export interface LadderRun {
  readonly temperatures: readonly number[];
  readonly chains: number;
  readonly every: number;
  readonly seed: Seed;
  readonly signal: AbortSignal | undefined;
  /** What the run goes on from. */
  readonly earlier: Tempering | undefined;
  readonly from: TemperingState | undefined;
}

export class Ladder<State extends AnyState> {
  readonly #runs: readonly SamplerRun<State, Tempering>[];
  readonly #records: readonly Records<State>[];
  readonly #pairs: readonly { readonly temperature: number; tried: number; taken: number }[];
  readonly #rungs: RungsState;
  #round: number;
  /** Steps done in whole rounds. */
  step: number;
  /** The step at which the records begin, burn-in included. */
  readonly begin: number;

  constructor(
    readonly samplers: readonly Sampler<State>[],
    readonly states: State[],
    readonly run: LadderRun,
  ) {
    const { temperatures, chains, signal, earlier, from } = run;
    this.#rungs = from ? copyRungs(from.rungs) : startRungs(temperatures.length, chains);
    this.#pairs = temperatures.slice(0, -1).map((temperature, k) => {
      const { tried, taken } = earlier?.swaps[k] ?? { tried: 0, taken: 0 };
      return { temperature, tried, taken };
    });
    this.#records = samplers.map((sampler, k) => new Records(sampler, earlier?.samples[k]));
    [this.#round, this.step] = [from?.round ?? 0, from?.step ?? 0];
    this.begin = earlier?.samples[0].begin ?? this.step;
    const partial = (k: number) => (state: State) => {
      states[k] = state;
      return this.collected();
    };
    const where = ({ state: { round } }: Tempering): string => `round ${round}`;
    this.#runs = samplers.map(
      (_, k) => new SamplerRun({ caller: 'parallelTempering', signal, where, partial: partial(k) }),
    );
  }

  async collected(): Promise<Tempering> {
    const { states, begin, step } = this;
    const { every, seed } = this.run;
    const rungs = this.#rungs;
    const samples = await Promise.all(
      this.#records.map((each, k) => each.collected(states[k], begin, every)),
    );
    return printAs<Tempering>(
      {
        samples,
        swaps: this.#pairs.map((pair) => ({ ...pair, rate: pair.taken / pair.tried })),
        roundTrips: rungs.trips,
        state: {
          round: this.#round,
          step,
          seed,
          saved: samples.map(({ state }) => state),
          rungs: copyRungs(rungs),
        },
      },
      temperingCard,
    );
  }

  /** Moves the fields by a round, and swaps. @throws Aborted<Tempering>, RunFailed<Tempering> */
  async round(isRecorded: boolean): Promise<void> {
    const { samplers, states } = this;
    const runs = this.#runs;
    const end = this.step + this.run.every;
    for (const [k, run] of runs.entries())
      states[k] = await run.advance(samplers[k], states[k], end - states[k].step);
    const fields = await Promise.all(
      this.#records.map((each, k) =>
        isRecorded ? runs[k].orFailed(each.add(states[k])) : samplers[k].read(states[k]),
      ),
    );
    const own = fields.map((field) => field.slice());
    await runs[0].orFailed(this.#swap(own, isRecorded));
    this.#round++;
    this.step = end;
  }

  dispose(): void {
    this.samplers.forEach((sampler, k) => sampler.dispose(this.states[k]));
  }

  /** The lower rungs of the pairs of this round: even and odd by turns. */
  get #lower(): number[] {
    return this.#pairs.map((_, k) => k).filter((k) => k % 2 === this.#round % 2);
  }

  async #swap(fields: readonly Float32Array[], isRecorded: boolean): Promise<void> {
    const { samplers, states } = this;
    const { temperatures, chains, seed } = this.run;
    const energies = fields.map((field, k) => chainEnergies(samplers[k].energy, field, chains));
    this.#requireChances(energies, fields);
    const random = uniformGenerator(seed, `swaps ${this.#round}`);
    const isChanged = temperatures.map(() => false);
    for (const k of this.#lower) {
      for (let c = 0; c < chains; c++) {
        const isTaken = random() < Math.exp(this.#exponent(energies, k, c));
        if (isRecorded) {
          this.#pairs[k].tried++;
          this.#pairs[k].taken += Number(isTaken);
        }
        if (!isTaken) continue;
        isChanged[k] = isChanged[k + 1] = true;
        for (let at = c; at < fields[k].length; at += chains)
          [fields[k][at], fields[k + 1][at]] = [fields[k + 1][at], fields[k][at]];
        swapRungs(this.#rungs, k, c);
      }
    }
    isChanged.forEach((is, k) => is && (states[k] = samplers[k].load(states[k], fields[k])));
  }

  /** Of the chance that rungs k and k + 1 swap. */
  #exponent(energies: readonly Float64Array[], k: number, chain: number): number {
    const { temperatures } = this.run;
    return (1 / temperatures[k] - 1 / temperatures[k + 1]) * (energies[k][chain] - energies[k + 1][chain]);
  }

  /** Before anything is swapped. @throws SamplerStopped where the chance of a swap is not a number */
  #requireChances(energies: readonly Float64Array[], fields: readonly Float32Array[]): void {
    const { chains } = this.run;
    for (const k of this.#lower) {
      const chain = energies[k].findIndex((_, c) => Number.isNaN(this.#exponent(energies, k, c)));
      if (chain < 0) continue;
      const [low, high] = [energies[k][chain], energies[k + 1][chain]];
      const wrong = Number.isFinite(low) ? k + 1 : k;
      const field = chainOf(fields[wrong], chain, chains);
      const term = termOf(this.samplers[wrong].energy, field, Number.isFinite);
      const what = `the energies on rungs ${k} and ${k + 1} are ${low} and ${high}`;
      const step = this.states[k].step;
      throw new SamplerStopped(
        new EnergyNotANumber('parallelTempering', what, { step, chain, term }),
        this.states[0],
      );
    }
  }
}

function temperingCard({ samples, swaps, roundTrips }: Tempering): MimeBundle {
  return card(`Parallel tempering of ${samples[0].sampler}`, {
    temperatures: `${samples.length}, ${rangeText(samples.map(({ temperature }) => temperature))}`,
    ladders: numeral(samples[0].chains),
    rounds: numeral(samples[0].steps.length),
    'swaps taken': `${shareText(swaps.map(({ rate }) => rate)).replace('chain', 'pair')}`,
    'round trips': numeral(roundTrips.reduce((sum, trips) => sum + trips, 0)),
  });
}
