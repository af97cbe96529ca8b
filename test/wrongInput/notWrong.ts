// Changes that leave a call valid, or of which nobody can say whether they do. They are left out; each has
// its reason.
import type { Judged } from './everyWrongCall.js';

interface Rule {
  readonly of: (call: Pick<Judged, 'name' | 'path' | 'what'>) => boolean;
  readonly reason: string;
}

const [emptyWhat, misspelt] = [['no entries'], ['a letter less', 'letters in another order']];
const last = (path: string): string => path.split('.').at(-1)!;
const one = (names: string, path: string, what: readonly string[] | undefined, reason: string): Rule => {
  const known = new Set(names.split(' '));
  return {
    of: (call) =>
      known.has(call.name) &&
      (path === '*' || call.path === path) &&
      (what === undefined || what.includes(call.what)),
    reason,
  };
};

export const notWrong: readonly Rule[] = [
  one('ringIsing', 'N', ['1e400'], 'a ring without end has a law'),
  one(
    'fadingSpins',
    'options.temperature',
    ['1e400'],
    'without any field the opinions are a contact process',
  ),
  one(
    'contactProcess relax events birthDeathWalk',
    'options.every',
    ['half more'],
    'a time, not a number of steps',
  ),
  one('magnetisation', 'components', undefined, 'an observable gets it and may leave it unread'),
  one(
    'merkleRoot blockSet labelEmbedding',
    '*',
    ['no entries'],
    'the tree of no leaves has a root (RFC 6962)',
  ),
  one('delivered orderOutcomes replayDrift', 'messages', emptyWhat, 'no messages arrive'),
  one(
    'groundedSpectrum deffuant hegselmannKrause rowIndex pinned Decisions',
    '*',
    emptyWhat,
    'none of the nodes',
  ),
  one('survival passageTimes', 'censored', emptyWhat, 'all arrived'),
  one('passageTimes', 'passed', emptyWhat, 'none arrived'),
  one('dagBlock', 'parents', emptyWhat, 'the first block has none'),
  one('distanceTable checkUpdate society gradient', '*', emptyWhat, 'nothing to compare'),
  one('verifyInclusion verifyConsistency', '*', undefined, 'what is not proved is false'),
  one(
    'mean boltzmannLaw spearman squaredDistance detectionCurve overlap magnetisation',
    '*',
    ['1e400 inside'],
    'the answer is right',
  ),
  one('detectionCurve', '*', ['one too few', 'one too many'], 'the kinds may have different numbers'),
  one('ofComponent', 'component', ['out of range'], 'refused when it is called'),
  one('table live dagBlock', '*', misspelt, 'names of the user'),
  {
    of: ({ name, path, what }) => name === 'table' && path.startsWith('data') && /NaN|1e400/.test(what),
    reason: 'a table may show a number that is not finite',
  },
  {
    of: ({ path, what }) => last(path) === 'seed' && ['half more', '-1', '1e400'].includes(what),
    reason: 'any finite number may be a seed',
  },
];

export const isNotWrong = (call: Pick<Judged, 'name' | 'path' | 'what'>): boolean =>
  notWrong.some((rule) => rule.of(call));
