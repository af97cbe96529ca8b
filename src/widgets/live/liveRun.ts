// The chains of a live figure and their records: one set of chains per energy, all at the same temperature,
// each with the parameters of its energy.
import type { Hamiltonian } from '../../energies/index.js';
import type { Figure } from '../../figures/index.js';
import { nextTurn } from '../../files/nextTurn.js';
import { byDefault, type Filled, type OptionsOf } from '../../numerics/options.js';
import { aString } from '../../numerics/rules.js';
import { defaultSeed, type SeedOption } from '../../randomness/index.js';
import type { FieldKind } from './fieldKind.js';
import { chainOptions, LiveChain, type Settings } from './liveChain.js';
import { liveFigure } from './liveFigure.js';
import { LiveHistory } from './liveHistory.js';

export const runOptions = {
  ...chainOptions,
  /** Name of the final figure; `live` by default. */
  name: byDefault('live', aString),
  /** Its heading. */
  title: aString,
  /** Below it. */
  caption: aString,
};

export interface RunOptions
  extends SeedOption,
    OptionsOf<typeof chainOptions>,
    OptionsOf<typeof runOptions> {}

/** Energies by label; one alone has the label ''. */
export type Energies = Readonly<Record<string, Hamiltonian>>;

/** The present temperature and parameters. */
interface Values {
  readonly temperature: number;
  readonly settings: Settings;
}

/** Milliseconds that the chains run before the page's messages are handled. */
const slice = 12;

export class LiveRun {
  histories: readonly LiveHistory[] = [];
  #chains: readonly LiveChain[] = [];

  constructor(
    readonly energies: Energies,
    readonly options: Filled<typeof runOptions>,
    readonly values: () => Values,
  ) {
    this.restart();
  }

  get observables(): readonly string[] {
    return Object.keys(this.histories[0].observed);
  }

  /** What the values of the field are. */
  get kind(): FieldKind {
    return this.#chains[0].initial;
  }

  /** Returns to the initial field and deletes the records. */
  restart(): void {
    const { temperature, settings } = this.values();
    this.dispose();
    const options = { ...this.options, seed: this.options.seed ?? defaultSeed() };
    const energies = Object.entries(this.energies);
    this.#chains = energies.map(
      ([, energy]) => new LiveChain(energy, temperature, settingsOf(energy, settings), options),
    );
    this.histories = energies.map(
      ([label]) => new LiveHistory(label, Object.keys(options.observe), options.timeStep),
    );
  }

  /**
   * Runs the chains to their next record, in slices.
   * @throws RangeError when the time step is too large for the present energy
   */
  async advance(): Promise<void> {
    const { temperature, settings } = this.values();
    for (const [k, energy] of Object.values(this.energies).entries()) {
      const chain = this.#chains[k];
      chain.change(temperature, settingsOf(energy, settings));
      while (!(await chain.advance(performance.now() + slice))) await nextTurn();
      const record = await chain.record();
      if (!record) throw new RangeError(`live: the field ran away, ${this.#why()}`);
      this.histories[k].add(record);
    }
  }

  /** The last records as a figure of the lab. */
  figure(): Figure {
    const { name, title, chains } = this.options;
    const { temperature, settings } = this.values();
    const values = Object.entries({ temperature, ...settings }).map(
      ([what, value]) => `${what} = ${Number(value.toPrecision(6))}`,
    );
    const band = chains > 1 ? `mean and standard deviation over ${chains} chains` : 'one chain';
    const { caption = `${values.join(', ')}; ${band}.` } = this.options;
    return liveFigure(Object.values(this.energies)[0].graph, this.kind, this.histories, {
      name,
      title,
      caption,
    });
  }

  #why(): string {
    const { timeStep } = this.options;
    const unbounded = 'the energy has no lower bound';
    return timeStep === undefined
      ? unbounded
      : `timeStep ${timeStep} is too large here, or ${unbounded} (that of spins: sampler: heatBath)`;
  }

  dispose(): void {
    for (const chain of this.#chains) chain.dispose();
    this.#chains = [];
  }
}

/** Names of an energy's parameters. */
export const parameterNames = (energy: Hamiltonian): string[] =>
  energy.terms.flatMap(({ parameters }) => Object.keys(parameters));

/** The value that the first energy with such a parameter has for it, where it is one number. */
export function ownValue(energies: readonly Hamiltonian[], name: string): number | undefined {
  const values = energies.flatMap(({ terms }) => terms.map(({ parameters }) => parameters[name]));
  return values.find((value) => typeof value === 'number');
}

/** The settings that an energy has parameters for. */
function settingsOf(energy: Hamiltonian, settings: Settings): Settings {
  const names = new Set(parameterNames(energy));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name)));
}
