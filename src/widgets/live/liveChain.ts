// A chain whose temperature and energy parameters may be changed by hand during the run. A changed parameter
// needs no new formula (`energy.with`), and the state continues under the next sampler. EMTD sections 1.3 and
// 3.2.
import {
  heatBath,
  langevin,
  type AnyState,
  type Sampler,
  type Schedule,
  chainsOf,
  SamplerStopped,
} from '../../dynamics/index.js';
import type { Hamiltonian } from '../../energies/index.js';
import { replicate, type Field } from '../../fields/index.js';
import { disagreement, type Observable } from '../../measure/index.js';
import { byDefault, type Filled, typed } from '../../numerics/options.js';
import { aFunction, anObject, anything, integer, positive } from '../../numerics/rules.js';
import { type Seed, seedOption } from '../../randomness/index.js';

/** A field is unstable when a value is beyond this, in units of the field. */
const runaway = 1e6;

export type Settings = Readonly<Record<string, number>>;

/** What a live run gives the function that makes its sampler: `timeStep` and `states` where it has them. */
export interface LiveSamplerOptions {
  readonly temperature: Schedule;
  readonly timeStep?: number;
  readonly states?: number;
}

type SamplerMaker = (energy: Hamiltonian, options: LiveSamplerOptions) => Sampler<AnyState>;

export const chainOptions = {
  /**
   * Makes the sampler: `wolff`, `heatBath`, or a function of your own. Default: the heat bath for spins and
   * labels, that is with `states` or where `initial` has them, else `langevin`.
   */
  sampler: typed<SamplerMaker>(aFunction),
  /** dt of a step in units of (field squared) / energy, for samplers that have one: `langevin` does. */
  timeStep: positive,
  /** Number q of labels 0 ... q - 1. */
  states: integer(2),
  /** Observables to draw over time; the disagreement W² by default. */
  observe: byDefault<Readonly<Record<string, Observable>>>(
    { 'disagreement W²': disagreement },
    typed(anObject),
  ),
  /** Independent replicas; 16 by default. */
  chains: byDefault(16, integer(1)),
  /** Components of the field at each node; 1 by default. */
  components: byDefault(1, integer(1)),
  /** The field to start from; what the sampler starts from by default. */
  initial: typed<Field>(anything),
  ...seedOption,
  /** Steps between two records, which are frames; 10 by default. */
  every: byDefault(10, integer(1)),
};

type ChainOptions = Filled<typeof chainOptions> & { readonly seed: Seed };

/** A record of all chains at one time. */
export interface ChainRecord {
  readonly step: number;
  /** By observable: its value in each chain. */
  readonly observed: Readonly<Record<string, Float64Array>>;
  /** The first component of the first chain, one value per node. */
  readonly field: Float64Array;
}

export class LiveChain {
  /** Where it starts. */
  readonly initial: Field;
  readonly #parameters: readonly string[];
  #now: Hamiltonian;
  #sampler: Sampler<AnyState>;
  #state: AnyState | undefined;
  #steps = 0;
  #hasDiverged = false;

  /** @throws RangeError for a parameter that no term of the energy has */
  constructor(
    readonly energy: Hamiltonian,
    public temperature: number,
    public settings: Settings,
    readonly options: ChainOptions,
  ) {
    this.#parameters = Object.keys(settings);
    [this.#now, this.#sampler] = this.#made();
    const { chains, components, initial, seed } = options;
    this.initial = initial ?? this.#sampler.initialField({ components, chains, seed });
  }

  /** Continues at another temperature and with other parameters. */
  change(temperature: number, settings: Settings): void {
    this.temperature = temperature;
    if (this.#parameters.every((name) => settings[name] === this.settings[name])) return;
    this.settings = settings;
    this.#now.dispose();
    [this.#now, this.#sampler] = this.#made();
  }

  /**
   * Runs until the next record is due (true) or the time is up (false); to be called again.
   * @throws RangeError when the time step is beyond the stability bound of the energy at the initial field
   */
  async advance(until: number): Promise<boolean> {
    this.#state ??= this.#start();
    do {
      try {
        this.#state = await this.#sampler.advance(this.#state, 1);
      } catch (error) {
        if (!(error instanceof SamplerStopped)) throw error;
        this.#hasDiverged = true;
        return true;
      }
      if (++this.#steps % this.options.every === 0) return true;
    } while (performance.now() < until);
    return false;
  }

  /** Reads the field. Undefined when it has diverged; then the chain starts again from its initial field. */
  async record(): Promise<ChainRecord | undefined> {
    const { chains, observe } = this.options;
    if (this.#hasDiverged) {
      this.#release();
      return undefined;
    }
    const { components } = this.initial;
    const values = await this.#sampler.read(this.#state!);
    if (!values.every((x) => Math.abs(x) < runaway)) {
      this.#release();
      return undefined;
    }
    const each = chainsOf(values, chains);
    const observed = Object.entries(observe).map(
      ([name, observable]) => [name, Float64Array.from(each, (one) => observable(one, components))] as const,
    );
    const field = each[0]!.filter((_, at) => at % components === 0);
    return { step: this.#steps, observed: Object.fromEntries(observed), field };
  }

  dispose(): void {
    this.#release();
    if (this.#now !== this.energy) this.#now.dispose();
  }

  #made(): [Hamiltonian, Sampler<AnyState>] {
    const { timeStep, states = this.options.initial?.states } = this.options;
    const energy = this.#parameters.length > 0 ? this.energy.with(this.settings) : this.energy;
    const temperature = { name: 'T as set by hand', at: () => this.temperature };
    const given = {
      temperature,
      ...(timeStep !== undefined && { timeStep }),
      ...(states !== undefined && { states }),
    };
    const make = this.options.sampler ?? usualSampler(this.options);
    return [energy, make(energy, given)];
  }

  #start(): AnyState {
    const { chains, seed } = this.options;
    return this.#sampler.init(
      this.initial.chains === chains ? this.initial : replicate(this.initial, chains),
      seed,
    );
  }

  #release(): void {
    if (this.#state) this.#sampler.dispose(this.#state);
    this.#state = undefined;
    this.#hasDiverged = false;
  }
}

/** @throws for a time step that is missing, or that nothing takes */
function usualSampler({ initial, states, timeStep }: ChainOptions): SamplerMaker {
  const isDiscrete = states !== undefined || initial?.codomain === 'spin' || initial?.codomain === 'potts';
  if (isDiscrete && timeStep !== undefined)
    throw new RangeError(`live: the heat bath of spins and labels has no timeStep, got ${timeStep}`);
  if (isDiscrete) return heatBath;
  if (timeStep === undefined)
    throw new TypeError('live: timeStep is missing, which langevin needs; for spins pass sampler: heatBath');
  return langevin as SamplerMaker;
}
