// Does a page show this, and has it come as far as here? A link between two models, which the page itself runs,
// copies an attribute of the first into the second, and that change comes back: an acknowledgement that needs no
// program of ours in the page. A page without widgets refuses the models, or does not answer at all; one that is
// still loading refuses them and takes them later; one that lacks the module of a model holds an ErrorWidgetModel in
// its place, which its view name tells.
import { controlType } from './controls.js';
import { Model } from './model.js';

export class Echo {
  readonly #heard = new Model(controlType('Label'), { value: '' }, { value: isWord });
  readonly #link: Model;

  /** Calls `onEcho` with each value of the attribute that has arrived in the page. */
  constructor(source: Model, attribute: string, onEcho: (value: unknown) => void, onRefused?: (forGood: boolean) => void) {
    const type = { ...controlType('DirectionalLink'), view: null };
    this.#link = new Model(type, { source: [source, attribute], target: [this.#heard, 'value'] });
    this.#heard.echoes = false; // an acknowledgement is for us alone
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

/** Milliseconds that a page has to answer: while none has yet, once one has, once one has not. */
const patience = { unknown: 4000, present: 10_000, absent: 400 };

let page: keyof typeof patience = 'unknown';

/** How late a page has come to hold a model: after it had refused it, or after it was given up. */
export type Lateness = 'refused' | 'given up';

/** Whether a page holds the model; it is opened. `onLate` is called when a view shown before now is of no use. */
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
    model.followers.add(echo); // a page that comes late is waited for as long as the model is open
    echo.open();
  });
}

/** For tests: what is known of the page. */
export function assumePage(known: typeof page): void {
  page = known;
}
