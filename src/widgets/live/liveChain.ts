// A Langevin chain whose temperature and energy parameters may be changed by hand during the run. A changed
// parameter needs no new formula (`energy.with`), and the state continues under the next sampler.
// EMTD sections 1.3 and 3.2; the scheme is that of `langevin`. Time in units of (field squared) / energy.
import { langevin, type LangevinState, type Sampler } from '../../dynamics/index.js';
import { SamplerStopped } from '../../dynamics/sampler.js';
import type { Hamiltonian } from '../../energy/index.js';
import { replicate, type Field } from '../../field/index.js';
import type { Observable } from '../../measure/index.js';
import type { Seed } from '../../random/index.js';

/** A field is unstable when a value is beyond this, in units of the field. */
const runaway = 1e6;

export type Settings = Readonly<Record<string, number>>;

export interface ChainOptions {
  /** dt of the Langevin step, in units of (field squared) / energy. */
  readonly timeStep: number;
  /** Observables to draw over time. Default: the disagreement W². */
  readonly observe: Readonly<Record<string, Observable>>;
  /** Independent replicas. Default: 16. */
  readonly chains: number;
  readonly components: number;
  /** Default: zero everywhere. */
  readonly initial?: Field;
  readonly seed: Seed;
  /** Steps between two records, which are frames. Default: 10. */
  readonly every: number;
}

/** A record of all chains at one time. */
export interface ChainRecord {
  readonly step: number;
  /** By observable: its value in each chain. */
  readonly observed: Readonly<Record<string, Float64Array>>;
  /** The first component of the first chain, one value per node. */
  readonly field: Float64Array;
}

export class LiveChain {
  readonly #parameters: readonly string[];
  #now: Hamiltonian;
  #sampler: Sampler<LangevinState>;
  #state: LangevinState | undefined;
  #steps = 0;
  #hasDiverged = false;

  /** @throws RangeError for a parameter that no term of the energy has */
  constructor(readonly energy: Hamiltonian, public temperature: number, public settings: Settings, readonly options: ChainOptions) {
    this.#parameters = Object.keys(settings);
    [this.#now, this.#sampler] = this.#made();
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
    const state = this.#state!;
    const [, components] = state.shape;
    const values = await this.#sampler.read(state);
    if (!values.every((x) => Math.abs(x) < runaway)) {
      this.#release();
      return undefined;
    }
    const each = Array.from({ length: chains }, (_, chain) => chainOf(values, chain, chains));
    const observed = Object.entries(observe).map(([name, observable]) =>
      [name, Float64Array.from(each, (one) => observable(one, components))] as const);
    const field = each[0]!.filter((_, at) => at % components === 0);
    return { step: this.#steps, observed: Object.fromEntries(observed), field };
  }

  dispose(): void {
    this.#release();
    if (this.#now !== this.energy) this.#now.dispose();
  }

  #made(): [Hamiltonian, Sampler<LangevinState>] {
    const energy = this.#parameters.length > 0 ? this.energy.with(this.settings) : this.energy;
    const temperature = { name: 'T as set by hand', at: () => this.temperature };
    return [energy, langevin(energy, { temperature, timeStep: this.options.timeStep })];
  }

  #start(): LangevinState {
    const { chains, components, initial, seed } = this.options;
    const field = initial ?? this.#sampler.initialField({ components, chains, seed });
    return this.#sampler.init(field.chains === chains ? field : replicate(field, chains), seed);
  }

  #release(): void {
    if (this.#state) this.#sampler.dispose(this.#state);
    this.#state = undefined;
    this.#hasDiverged = false;
  }
}

/** [nodes, components] of one chain in float64. */
function chainOf(values: Float32Array, chain: number, chains: number): Float64Array {
  const state = new Float64Array(values.length / chains);
  for (let at = 0; at < state.length; at++) state[at] = values[at * chains + chain]!;
  return state;
}
