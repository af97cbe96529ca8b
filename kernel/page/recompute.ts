// The reader is the referee: with a seed of his own all cells run anew, and each answer of the page stands beside
// the stored one, with its numbers and their intervals.
import type { EditorView } from '@codemirror/view';

interface Estimate {
  readonly estimate: number;
  /** JSON has no infinite number: null stands for an open end. */
  readonly interval: readonly [number | null, number | null];
}

/** An answer: the part of a check's record that a page compares. */
export interface Answer {
  readonly id: string;
  readonly verdict: string;
  readonly quantities: Readonly<Record<string, Estimate>>;
}

export function markAnswer(place: HTMLElement, { id, verdict, quantities }: Answer): void {
  place.dataset['check'] = `${id}: ${verdict}`;
  place.dataset['quantities'] = JSON.stringify(quantities);
}

const marked = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-check]')];

/** The answers that the page shows now. */
const answers = (): Answer[] =>
  marked().map(({ dataset }) => {
    const [id, verdict] = dataset['check']!.split(': ') as [string, string];
    return { id, verdict, quantities: JSON.parse(dataset['quantities'] ?? '{}') as Answer['quantities'] };
  });

/** The line of a page that names its seed. */
const seedLine = /^const seed = (\d+);/m;

/** Where the page has such a line: a field for the seed, and a button. `all` runs all cells. */
export function addRecompute(
  tools: HTMLElement,
  editors: readonly EditorView[],
  all: () => Promise<void>,
): void {
  const stored = answers();
  const editor = editors.find(({ state }) => seedLine.test(state.doc.toString()));
  if (!editor || stored.length === 0) return;
  const input = Object.assign(document.createElement('input'), {
    type: 'number',
    value: '2',
    min: '0',
    id: 'seed',
  });
  input.setAttribute('aria-label', 'my seed');
  const report = Object.assign(document.createElement('div'), { id: 'agreement' });
  report.setAttribute('role', 'status');
  const recompute = async (): Promise<void> => {
    const seed = Math.trunc(Number(input.value));
    const found = seedLine.exec(editor.state.doc.toString());
    if (!Number.isFinite(seed) || seed < 0 || !found) return input.focus();
    const from = found.index + found[0].indexOf(found[1]!);
    editor.dispatch({ changes: { from, to: from + found[1]!.length, insert: String(seed) } });
    report.replaceChildren();
    for (const { dataset } of marked()) delete dataset['check']; // what this run does not reach has no answer
    await all();
    const own = new Map(answers().map((answer) => [answer.id, answer]));
    report.append(...stored.flatMap((answer) => comparison(seed, answer, own.get(answer.id))));
  };
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: 'Recompute with my seed',
    onclick: () => void recompute(),
  });
  tools.append(input, button);
  tools.after(report);
}

function comparison(seed: number, stored: Answer, own: Answer | undefined): HTMLElement[] {
  const sentence = document.createElement('p');
  const says = `${stored.id}: ${stored.verdict} stored, `;
  if (!own) {
    sentence.textContent = `${says}not computed here.`;
    return [sentence];
  }
  sentence.textContent = `${says}${own.verdict} with seed ${seed}: ${own.verdict === stored.verdict ? 'agrees' : 'does not agree'}.`;
  const rows = Object.entries(stored.quantities).flatMap(([name, there]) => {
    const here = own.quantities[name];
    if (!here) return [];
    const [[low, high], [from, to]] = [ends(there), ends(here)];
    const overlap = from <= high && low <= to;
    return [[name, textOf(there), textOf(here), overlap ? 'yes' : 'no']];
  });
  return rows.length === 0 ? [sentence] : [sentence, table(['', 'stored', `seed ${seed}`, 'overlap'], rows)];
}

const ends = ({ interval: [low, high] }: Estimate): [number, number] => [low ?? -Infinity, high ?? Infinity];

function textOf(one: Estimate): string {
  const [middle, low, high] = [one.estimate, ...ends(one)].map((x) => String(Number(x.toPrecision(3))));
  return low === high ? middle! : `${middle} [${low}, ${high}]`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): HTMLTableElement {
  const made = document.createElement('table');
  made
    .createTHead()
    .insertRow()
    .append(
      ...head.map((text) => Object.assign(document.createElement(text ? 'th' : 'td'), { textContent: text })),
    );
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const text of row) line.insertCell().textContent = text;
  }
  return made;
}
