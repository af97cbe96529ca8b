// A live figure: chains that run while the reader drags their temperature and parameters, with drawings of
// the field and the observables. The cell returns at once; the chains run in slices, between which the page's
// messages arrive. Where no page answers, the cell's output is the figure of a bounded run.
import { jupyterDisplay, type MimeBundle } from '../../display/index.js';
import { nextTurn } from '../../files/nextTurn.js';
import { ready } from '../../tensors/index.js';
import { Hamiltonian, requireEnergy } from '../../energies/index.js';
import { requireNonNegative } from '../../numerics/check.js';
import {
  byDefault,
  type Filled,
  needed,
  type OptionsOf,
  readOptions,
  type Rule,
  typed,
} from '../../numerics/options.js';
import { anObject, integer, positive } from '../../numerics/rules.js';
import type { Figure } from '../../figures/index.js';
import { control, type Range } from '../controls/abbreviation.js';
import { hbox, vbox } from '../controls/boxes.js';
import { errorBundle } from '../comms/outputBundle.js';
import { LiveButtons } from './liveButtons.js';
import type { LiveHistory } from './liveHistory.js';
import { showLive } from './liveLoop.js';
import { LivePicture } from './livePicture.js';
import { LiveRun, ownValue, parameterNames, type RunOptions, runOptions, type Energies } from './liveRun.js';
import { LiveScreen } from './liveScreen.js';
import { hasPage, nothing, Place } from '../comms/place.js';
import { stillBundle } from '../comms/view.js';
import { Widget } from '../controls/widget.js';

/**
 * A fixed number, or one to drag: a slider, `[min, max]` or `[min, max, step]`; a parameter begins at the
 * energy's own value.
 */
export type Adjustable = number | Range | Widget<number>;

const aTemperature: Rule<Adjustable> = (caller: string, name: string, value: Adjustable) => {
  if (typeof value === 'number') requireNonNegative(caller, name, value);
};

const liveOptions = {
  /** In units of energy. */
  temperature: needed(aTemperature),
  /** Parameters of the energy's terms, by name; no parameters by default. */
  parameters: byDefault<Readonly<Record<string, Adjustable>>>({}, typed(anObject)),
  /** Frames of the bounded run where no page answers; 150 by default. */
  frames: byDefault(150, integer(1)),
  /** Seconds from the last change of a control to the end; 300 by default. */
  seconds: byDefault(300, positive),
  ...runOptions,
};

/** Options of `live`. */
export interface LiveOptions extends RunOptions, OptionsOf<typeof liveOptions> {}

/** A live figure: chains that run while the reader drags their temperature and parameters. */
class Live {
  readonly controls: Readonly<Record<string, Widget<number>>>;
  readonly #options: Filled<typeof liveOptions>;
  readonly #energies: Energies;
  readonly #run: LiveRun;
  #abort = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  constructor(energies: Energies, options: LiveOptions) {
    for (const energy of Object.values(energies)) requireEnergy('live', energy);
    this.#energies = energies;
    this.#options = readOptions('live', options, liveOptions);
    const { temperature, parameters } = this.#options;
    const names = new Set(Object.values(energies).flatMap(parameterNames));
    const stranger = Object.keys(parameters).find((name) => !names.has(name));
    if (stranger !== undefined) {
      throw new RangeError(`live: no term has a parameter ${stranger}; known: ${[...names].join(', ')}`);
    }
    const adjustable = Object.entries({ temperature, ...parameters }).filter(
      ([, value]) => typeof value !== 'number',
    );
    const slide = (name: string, value: Adjustable): Widget<number> =>
      control(name, value, ownValue(Object.values(energies), name)) as Widget<number>;
    this.controls = Object.fromEntries(adjustable.map(([name, value]) => [name, slide(name, value)]));
    this.#run = new LiveRun(energies, this.#options, () => ({
      temperature: this.#value('temperature', temperature),
      settings: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, this.#value(name, value)]),
      ),
    }));
  }

  /** Time, mean and spread of the observables so far, by energy. */
  get histories(): readonly LiveHistory[] {
    return this.#run.histories;
  }

  /** Resolves when it has ended and its figure is displayed. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Ends it, as its button and an interrupt do. */
  stop(): void {
    this.#abort.abort();
  }

  /** The run so far as a figure. */
  figure(): Figure {
    return this.#run.figure();
  }

  async [jupyterDisplay](): Promise<MimeBundle> {
    this.stop();
    await this.#ended;
    await ready();
    this.#abort = new AbortController();
    this.#run.restart();
    await this.#run.advance(); // a time step that is too large fails the cell
    if (!hasPage()) {
      await this.#runBounded();
      return this.figure()[jupyterDisplay]();
    }
    const picture = new LivePicture(Object.values(this.#energies)[0].graph, this.#run);
    const screen = new LiveScreen(picture);
    screen.show(picture.draw(this.#run.histories, ''));
    const buttons = new LiveButtons(() => this.stop());
    const row = hbox(...Object.values(this.controls), buttons.row);
    const page = vbox(row, screen);
    const remove = (): void => [page.model, row.model, buttons.row, screen].forEach((own) => own.close());
    const place = new Place();
    if (!(await place.showView(page.model, stillBundle(page.still())))) {
      await this.#runBounded();
      place.show(await this.figure()[jupyterDisplay]());
      remove();
      return nothing;
    }
    const { seconds } = this.#options;
    const controls = Object.values(this.controls);
    const parts = { run: this.#run, picture, screen, buttons, controls, seconds, signal: this.#abort.signal };
    this.#ended = showLive(parts)
      .then(() => this.figure()[jupyterDisplay](), errorBundle)
      .then((bundle) => {
        place.show(bundle);
        this.#run.dispose();
        page.model.set({ children: [screen.model] });
        for (const own of [row.model, buttons.row]) own.close();
        screen.onLeft = () => [page.model, screen].forEach((own) => own.close());
      });
    return nothing;
  }

  #value(name: string, given: Adjustable): number {
    return typeof given === 'number' ? given : this.controls[name].value;
  }

  async #runBounded(): Promise<void> {
    const { frames } = this.#options;
    for (let frame = 1; frame < frames && !this.#abort.signal.aborted; frame++) {
      await this.#run.advance();
      await nextTurn();
    }
  }
}

export type { Live };

/**
 * A live figure of chains under one energy, or under several, by name, side by side. Numbers and angles move
 * by `langevin`, spins and labels by the heat bath, or by the `sampler` that is given.
 *
 * @throws RangeError for counts below 1, a parameter that no energy has, or (at display) a time step beyond
 * the stability bound; TypeError for a sampler that does not fit the initial field
 * @example
 * const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [
 *   interaction({ J: 1 }), site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
 * ]);
 * live(energy, {
 *   temperature: slider({ label: 'T', min: 0.05, max: 3, value: 1 }), parameters: { J: [0.1, 3], h: 0.25 }, timeStep: 0.01,
 *   observe: { disagreement: measure.disagreement, 'order parameter': measure.orderParameter },
 * });
 */
export const live = (energy: Hamiltonian | Energies, options: LiveOptions): Live =>
  new Live(energy instanceof Hamiltonian || typeof energy !== 'object' ? { '': energy } : energy, options);
