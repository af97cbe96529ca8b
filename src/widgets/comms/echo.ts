// Whether a page displays a model, and up to which change. A link between two models, which the page itself
// runs, copies an attribute of the first into the second, and that change comes back: an acknowledgement
// without our own program in the page. A page without widgets refuses the models, or does not answer at all;
// one that is still loading refuses them and accepts them later; one that lacks the module of a model holds
// an ErrorWidgetModel in its place, which its view name shows.
import { controlType } from '../controls/controls.js';
import { Model } from './model.js';

export class Echo {
  readonly #heard = new Model(controlType('Label'), { value: '' }, { value: isWord });
  readonly #link: Model;

  /** Calls `onEcho` with each value of the attribute that has arrived in the page. */
  constructor(
    source: Model,
    attribute: string,
    onEcho: (value: unknown) => void,
    onRefused?: (forGood: boolean) => void,
  ) {
    const type = { ...controlType('DirectionalLink'), view: null };
    this.#link = new Model(type, { source: [source, attribute], target: [this.#heard, 'value'] });
    this.#heard.echoes = false; // an acknowledgement goes to this process only
    this.#heard.onUpdate = ({ value }) => onEcho(value);
    this.#heard.onReload = () => this.#heard.set({ value: '' }); // so that the link copies once more
    if (onRefused) this.#link.onRefused = onRefused;
  }

  open(): void {
    this.#link.open();
  }

  close(): void {
    this.#link.close();
    this.#heard.close();
  }
}

const isWord = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** Milliseconds for a page to answer: before any answer, after an answer, after a missing answer. */
const patience = { unknown: 4000, present: 10_000, absent: 400 };

let page: keyof typeof patience = 'unknown';

/** When a late page accepted a model: after it had refused it, or after it was given up. */
export type Lateness = 'refused' | 'given up';

/**
 * Whether a page holds the model; it is opened. `onLate` is called when a view shown before now is of no use.
 */
export function answers(model: Model, onLate: (lateness: Lateness) => void): Promise<boolean> {
  if (!model.open()) return Promise.resolve(false);
  return new Promise((resolve) => {
    let settled = false;
    let refused = false;
    const settle = (present: boolean): void => {
      clearTimeout(timer);
      if (!settled) resolve(present);
      settled = true;
    };
    const echo = new Echo(
      model,
      '_view_name',
      (view) => {
        page = 'present';
        echo.close();
        model.followers.delete(echo);
        const holds = view !== 'ErrorWidgetView';
        if (holds && (settled || refused)) onLate(settled ? 'given up' : 'refused');
        settle(holds);
      },
      (forGood) => {
        refused = true;
        if (forGood) giveUp();
      },
    );
    const giveUp = (): void => {
      if (page !== 'present' || refused) page = 'absent';
      settle(false);
    };
    const timer = setTimeout(giveUp, patience[page]);
    model.followers.add(echo); // a late page may answer as long as the model is open
    echo.open();
  });
}

/** For tests: sets the known state of the page. */
export function assumePage(known: typeof page): void {
  page = known;
}
