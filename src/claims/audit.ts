// Audit of the ledger as data: what must hold of every sentence and every finding.
import type { Finding } from './finding.js';
import { findings } from './findings.js';
import { isControl, type Quantity, type Region } from './quantity.js';
import { type Sentence, sentences } from './sentence.js';

/**
 * Faults of the ledger in words; empty for a valid one.
 *
 * A sentence has a quotation or says what is absent; one that is decided by a finding names it, and is named by
 * it. A finding asks a question, has a number that decides or a proof, planted models that must hold, and
 * regions with a gap between yes and no.
 *
 * @example claims.ledgerFaults(); // []
 */
export function ledgerFaults(
  said: readonly Sentence[] = sentences(),
  found: readonly Finding[] = findings(),
): string[] {
  const ids = [...said, ...found].map(({ id }) => id);
  return [
    ...ids.filter((id, at) => ids.indexOf(id) < at).map((id) => `${id}: appears twice`),
    ...said.flatMap((one) => faultsOf(one.id, sentenceRules(one, said, found))),
    ...found.flatMap((one) => faultsOf(one.id, [...findingRules(one, said), ...quantityRules(one)])),
  ];
}

type Rules = readonly (readonly [isBroken: boolean, fault: string])[];
const faultsOf = (id: string, rules: Rules): string[] =>
  rules.filter(([isBroken]) => isBroken).map(([, fault]) => `${id}: ${fault}`);
const isSentence = (text: string): boolean => /^\S[^]*[.?!)]$/.test(text);

function sentenceRules(one: Sentence, said: readonly Sentence[], found: readonly Finding[]): Rules {
  const { id, quote, absent, finding, same, why } = one;
  const decides = found.find((each) => each.id === finding);
  return [
    [(quote === null) !== (absent !== undefined), 'needs either a quotation or a word on its absence'],
    [!isSentence(why), 'has no sentence that says why'],
    [
      (one.class === 'see finding') !== (finding !== undefined),
      'names a finding if and only if one decides it',
    ],
    [finding !== undefined && !decides?.sentences.includes(id), `${finding} does not name it`],
    [same !== undefined && !said.some((other) => other.id === same), `there is no sentence ${same}`],
  ];
}

function findingRules(one: Finding, said: readonly Sentence[]): Rules {
  const { sentences: ids, question, answer, quantities, derived, withdrawn, changed } = one;
  const quantityList = Object.values(quantities);
  const strangers = ids.filter((id) => !said.some((each) => each.id === id && each.finding === one.id));
  const names = [...answer.matchAll(/[{](\w+)[}]/g)].map(([, name]) => name!);
  return [
    [!question.endsWith('?'), 'asks no question'],
    [strangers.length > 0, `is not named by ${strangers.join(', ')}`],
    [names.some((name) => !(name in quantities)), 'has a number in its answer that it does not declare'],
    [derived !== undefined && !isSentence(derived.proof), 'is derived without a proof'],
    [derived === undefined && quantityList.every(isControl), 'has no number that decides'],
    [derived !== undefined && !quantityList.every(isControl), 'is derived and has a number that decides'],
    [!quantityList.some(isControl), 'has no planted model and no control'],
    ...[withdrawn, changed].map(
      (text) =>
        [text !== undefined && !isSentence(text), 'has a mark without a sentence that says why'] as const,
    ),
  ];
}

function quantityRules({ quantities }: Finding): Rules {
  return Object.entries(quantities).flatMap(([name, quantity]) =>
    regionsOf(quantity)
      .flatMap(regionRules)
      .concat([[touches(quantity), 'leaves no gap between yes and no']])
      .map(([isBroken, fault]) => [isBroken, `${name} ${fault}`] as const),
  );
}

const regionsOf = (quantity: Quantity): readonly Region[] =>
  isControl(quantity) ? [quantity.requires] : [quantity.yes, quantity.no];
const touches = (quantity: Quantity): boolean =>
  !isControl(quantity) && quantity.yes.some(([a, b]) => quantity.no.some(([c, d]) => a <= d && c <= b));
const regionRules = (region: Region): (readonly [boolean, string])[] => [
  [region.length === 0, 'has an empty region'],
  [region.some(([low, high]) => !(low <= high)), 'has a reversed interval'],
];
