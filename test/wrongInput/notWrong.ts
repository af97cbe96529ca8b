// Changes that leave a call valid, or of which nobody can say whether they do. They are left out; each has its reason.
import type { Judged } from './everyWrongCall.js';

interface Rule { readonly of: (call: Pick<Judged, 'name' | 'path' | 'what'>) => boolean; readonly reason: string }

const emptyWhat = ['no entries', 'noList', 'bytes'];
const last = (path: string): string => path.split('.').at(-1)!;
const one = (names: string, path: string, what: readonly string[] | undefined, reason: string): Rule => {
  const known = new Set(names.split(' '));
  return { of: (call) => known.has(call.name) && (path === '*' || call.path === path) && (what === undefined || what.includes(call.what)), reason };
};

export const notWrong: readonly Rule[] = [
  one('ringIsing', 'N', ['1e400'], 'a ring without end has a law'),
  one('contactProcess relax events birthDeathWalk', 'options.every', ['half more'], 'a time, not a number of steps'),
  one('magnetisation', 'components', undefined, 'an observable gets it and may leave it unread'),
  one('merkleRoot blockSet labelEmbedding', '*', ['no entries'], 'the tree of no leaves has a root (RFC 6962)'),
  one('delivered orderOutcomes replayDrift', 'messages', emptyWhat, 'no messages arrive'),
  one('groundedSpectrum deffuant hegselmannKrause rowIndex pinned Decisions', '*', emptyWhat, 'none of the nodes'),
  one('survival passageTimes', 'censored', emptyWhat, 'all arrived'),
  one('passageTimes', 'passed', emptyWhat, 'none arrived'),
  one('dagBlock', 'parents', emptyWhat, 'the first block has none'),
  one('distanceTable checkUpdate orphans society gradient', '*', emptyWhat, 'nothing to compare'),
  one('Network', 'protocol', ['unknown option'], 'an object of the user, who may keep more in it'),
  one('forwardFlux', 'event', ['unknown option'], 'an object of the user, who may keep more in it'),
  one('metropolis', 'options.proposal', ['unknown option'], 'an object of the user, who may keep more in it'),
  one('iterate after', 'start', undefined, 'a state is what the user\'s update takes'),
  one('iterate after checkUpdate', 'kernel', ['aFunction'], 'any function may be an update'),
  one('custom', 'energy', ['aFunction'], 'what it gives is seen when it is run'),
  one('drive', 'options.energy', ['aFunction'], 'what it gives is seen when it is run'),
  one('fadingSpins', 'options.temperature', ['1e400'], 'an infinite temperature is a fair coin'),
  one('deffuant hegselmannKrause', 'options.w', ['1e400'], 'Infinity ignores nobody, as documented'),
  one('hegselmannKrause', 'options.stubborn', ['map'], 'nobody is stubborn'),
  one('zeroModeVariance', 'parameters.time', ['1e400'], 'with a pin there is a law at infinite time'),
  one('totalValue', 'options.time', undefined, 'time is not read'),
  one('checkUpdate', 'presents', undefined, 'presents are what the user\'s update takes'),
  one('inGroups', 'items', undefined, 'entries are of a type that the user chooses'),
  one('trajectoryHash', '*', ['no entries', 'NaN inside', '1e400 inside'], 'any bytes have a hash'),
  one('flowCouplings', 'flow.lengths', ['1e400 inside'], 'a cut edge has the length Infinity'),
  one('detectionCurve', '*', ['one too few', 'one too many'], 'the two kinds may differ in number'),
  one('ofComponent', 'component', ['out of range'], 'refused when it is called, with a state'),
  one('dagBlock', 'data.text', undefined, 'data are the user\'s own'),
  one('dropdown', 'given.options', ['words', 'claim', 'term'], 'any values by name'),
  one('interact', 'controls.T', ['claim', 'term'], 'any values by name'),
  one('interact', 'controls', ['claim', 'blocks'], 'any arguments by name'),
  one('live', 'options.temperature', ['numbers'], 'a range with its step'),
  one('mean variance', 'values', ['no entries'], 'NaN, as documented'),
  one('verifyInclusion verifyConsistency', '*', undefined, 'what a stranger sends gives false, as documented'),
  one('hebb oja', 'options.rate', ['-1'], 'a negative rate unlearns'),
  one('fromEdges', 'edges', ['no entries', 'map', 'bytes'], 'no edges'),
  one('groundedSpectrum', 'pinned', ['map'], 'an empty map has no nodes'),
  one('merkleDag', 'blocks', ['map', 'bytes'], 'no blocks'),
  one('latex', 'names', ['map'], 'no names'),
  one('check judge', '*', ['unknown option'], 'a measurement may carry more than its interval'),
  { of: ({ name, path }) => ['inGroups', 'jackknife', 'checkUpdate', 'dropdown', 'table', 'distanceTable', 'interact', 'shuffle', 'iterate', 'after'].includes(name) && path.includes('.0'), reason: 'entries are of a type that the user chooses' },
  { of: ({ what }) => what === 'later', reason: 'an async function is a function; what it gives is seen when it is called' },
  { of: ({ name, path }) => name === 'anywidget' && path.startsWith('options.state'), reason: 'the state of a widget is the user\'s own' },
  { of: ({ name, path, what }) => name === 'table' && path.startsWith('data') && /NaN|1e400/.test(what), reason: 'a table may show a number that is not finite' },
  { of: ({ path, what }) => last(path) === 'seed' && ['half more', '-1', '1e400'].includes(what), reason: 'any finite number may be a seed' },
];

export const isNotWrong = (call: Pick<Judged, 'name' | 'path' | 'what'>): boolean => notWrong.some((rule) => rule.of(call));
