// The ledger as one page of HTML: each finding with its figure and its numbers on a strip between the regions;
// all sentences, with a search and filters.
import { escapeHtml, formatNumber } from '../display/index.js';
import type { Estimate } from '../statistics/index.js';
import { checkOf } from './checkClaim.js';
import type { Finding } from './finding.js';
import { answerOf, findings } from './findings.js';
import { describeRegions, formatInterval } from './format.js';
import { publishedFor } from './publication.js';
import { isControl, type Quantity, type Region } from './quantity.js';
import { findingWord } from './scoreboard.js';
import { classText, quotation, type Sentence, sentenceClasses, sentences } from './sentence.js';

const colours = { yes: '#1b7f4d', no: '#b3401a', open: '#9a9a9a' };

/** What the page is made of besides the ledger. */
export interface PageParts {
  /** PNG of a notebook's first figure, base 64, by notebook. */
  readonly figures: Readonly<Record<string, string>>;
  /** Where a notebook is, from the page. */
  readonly link: (notebook: string) => string;
}

/** The whole page. */
export function ledgerPage({ figures, link }: PageParts): string {
  const cards = findings().map((one) => findingCard(one, figures[one.notebook], link));
  const options = ['every class', ...sentenceClasses].map((name) => `<option>${name}</option>`);
  const rows = sentences().map((one) => sentenceRow(one, link));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The ledger</title><style>${style}</style></head><body><main>
<h1>The ledger</h1>
<p>Two documents describe agreement between computers as physics. A finding is a question that runs decide; its
regions were committed before the run. A sentence is of one class: derived, true by construction, a definition,
not testable, or decided by a finding. <i>Earlier form</i> marks sentences whose page is still to be made anew.</p>
<h2>Findings</h2>
${cards.join('\n')}
<h2>Sentences</h2>
<p><input id="words" type="search" placeholder="words of the sentence" aria-label="words of the sentence">
<select id="class" aria-label="class">${options.join('')}</select>
<select id="document" aria-label="document"><option>both documents</option><option>EMTD</option><option>AE</option></select>
<output id="count" aria-live="polite">${rows.length} sentences</output></p>
<table id="sentences"><thead><tr><th>id</th><th>sentence</th><th>class</th><th>why</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
</main><script>${script}</script></body></html>
`;
}

function findingCard(one: Finding, figure: string | undefined, link: PageParts['link']): string {
  const measured = publishedFor(one);
  const { says } = checkOf(one.id, measured);
  const lines = Object.entries(one.quantities).map(([name, quantity]) => {
    const number = measured[name];
    const word = isControl(quantity)
      ? `must hold: ${says[name] ?? 'not measured'}`
      : (says[name] ?? 'not measured');
    return (
      `<tr><td>${escapeHtml(quantity.meaning)}</td><td class="number">${number ? formatInterval(number) : '–'}</td>` +
      `<td>${number ? strip(quantity, number) : ''}</td><td>${word}</td><td>${escapeHtml(describeRegions(quantity))}</td></tr>`
    );
  });
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Literal reading', one.literal],
    ['Repair', one.repair],
    ['Competitor', one.competitor],
    ['Covers', one.covers],
    ['Proof', one.derived?.proof],
    ['A model that lands in yes', one.planted.yes],
    ['A model that lands in no', one.planted.no],
    ['What would overturn it', one.overturns],
    ['Changed', one.changed],
    ['Sentences', one.sentences.join(', ')],
  ];
  const shown = facts
    .filter(([, text]) => text)
    .map(([name, text]) => `<dt>${name}</dt><dd>${escapeHtml(text!)}</dd>`);
  const picture = figure
    ? `<img alt="${escapeHtml(one.question)}" src="data:image/png;base64,${figure}">`
    : '';
  return `<article id="${one.id}"><h3><span class="word">${findingWord(one)}</span> ${escapeHtml(one.question)}</h3>
<p>${escapeHtml(one.withdrawn ?? answerOf(one))}</p>${picture}
<table><thead><tr><th>number</th><th>99 % interval</th><th></th><th>says</th><th>regions</th></tr></thead><tbody>${lines.join('')}</tbody></table>
<details><summary>${one.id}: how it was decided</summary><dl>${shown.join('')}</dl></details>
<p><a href="${escapeHtml(link(one.notebook))}">notebook ${escapeHtml(one.notebook)}</a></p></article>`;
}

/** The interval of a number between its regions, on an axis that shows the edges of all. */
export function strip(quantity: Quantity, { estimate, interval }: Estimate): string {
  const regions: readonly (readonly [Region, string])[] = isControl(quantity)
    ? [[quantity.requires, colours.yes]]
    : [
        [quantity.yes, colours.yes],
        [quantity.no, colours.no],
      ];
  const ends = [...interval, ...regions.flatMap(([region]) => region.flat())].filter(Number.isFinite);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low || 1) / 8;
  const [from, to] = [low - margin, high + margin];
  const x = (value: number): number => (160 * (Math.max(from, Math.min(to, value)) - from)) / (to - from);
  const bar = (a: number, b: number, colour: string): string =>
    `<rect x="${x(a).toFixed(1)}" y="2" width="${Math.max(1, x(b) - x(a)).toFixed(1)}" height="14" fill="${colour}" opacity="0.3"/>`;
  const bars = regions.flatMap(([region, colour]) => region.map(([a, b]) => bar(a, b, colour)));
  const [a, b] = interval.map((end) => x(end).toFixed(1));
  const label = `${formatNumber(estimate)} between ${formatNumber(interval[0])} and ${formatNumber(interval[1])}`;
  return (
    `<svg width="160" height="18" role="img" aria-label="${label}">${bars.join('')}` +
    `<line x1="${a}" x2="${b}" y1="9" y2="9" stroke="currentColor" stroke-width="2"/>` +
    `<circle cx="${x(estimate).toFixed(1)}" cy="9" r="3.5" fill="currentColor"/></svg>`
  );
}

function sentenceRow(one: Sentence, link: PageParts['link']): string {
  const place = `${one.section}${one.about === 'program' ? '; the program' : ''}`;
  const decided = one.finding ? `<a href="#${one.finding}">${classText(one)}</a>` : classText(one);
  const same = one.same ? ` Same fact as <a href="#${one.same}">${one.same}</a>.` : '';
  const source = one.source ? ` <small>${escapeHtml(one.source)}</small>` : '';
  return (
    `<tr id="${one.id}" data-class="${one.class}" data-document="${one.document}"><td><a href="${escapeHtml(link(one.notebook))}">${one.id}</a>` +
    `<br><small>${escapeHtml(place)}</small></td><td>${escapeHtml(quotation(one))}</td><td>${decided}</td>` +
    `<td>${escapeHtml(one.why)}${same}${source}</td></tr>`
  );
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
article { border: 1px solid #8886; border-radius: 6px; padding: 0 1rem; margin: 1rem 0; overflow-x: auto; }
.word { border: 1px solid; border-radius: 4px; padding: 0 .4em; margin-right: .4em; }
img { max-width: min(100%, 640px); height: auto; background: #fff; }
table { border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: .3em .6em; border-bottom: 1px solid #8884; }
.number { white-space: nowrap; } dt { font-weight: 600; } dd { margin: 0 0 .4em; }
input, select { font: inherit; padding: .2em .4em; }
main { overflow-wrap: anywhere; }
@media (max-width: 40rem) { #sentences td:nth-child(4), #sentences th:nth-child(4) { display: none; } td, th { padding: .3em; } }
`;

const script = `
const [words, kind, text] = ['words', 'class', 'document'].map((id) => document.getElementById(id));
const rows = [...document.querySelectorAll('#sentences tbody tr')];
const filter = () => {
  for (const row of rows) row.hidden = !(row.textContent.toLowerCase().includes(words.value.toLowerCase())
    && (kind.selectedIndex === 0 || row.dataset.class === kind.value)
    && (text.selectedIndex === 0 || row.dataset.document === text.value));
  document.getElementById('count').textContent = rows.filter((row) => !row.hidden).length + ' sentences';
};
for (const each of [words, kind, text]) each.addEventListener('input', filter);
`;
