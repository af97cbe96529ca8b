// Is a cold network in agreement? Regions after a pilot on the seed "pilot": 50 nodes (32 runs, 100 to 3,000 s),
// 200 nodes (16 runs, 8 to 3,000 s), 1,000 nodes (4 runs of 1,000 s).
import type { Finding } from '../finding.js';

export const F08: Finding = {
  id: 'F08',
  notebook: '08-protocol',
  sentences: ['EMTD-3.4'],
  question:
    'Does a network hold one ledger when it is cold, if the protocol, as it is drawn, cools it slowly?',
  literal:
    'A block is final as soon as the temperature is below a threshold. Nothing is said of the time of cooling.',
  repair:
    'The threshold counts after slow cooling: the share of runs in which two nodes hold different ledgers, each when it is first cold, is measured against the time.',
  competitor:
    'The same networks without cooling, held at T = 4 J for as long. And the protocol with Hastings’ ratio of proposals, which samples Boltzmann’s law, beside the protocol as drawn, both with clients at a small rate.',
  covers:
    'Small worlds of degree 4 and rewiring 0.1; 50 and 200 nodes cooled from T = 4 J to 0 in 10 to 3,000 s (64 graphs, one run each), 1,000 nodes in up to 1,000 s (16 graphs). Messages arrive; nobody attacks.',
  quantities: {
    falseFinality: {
      meaning:
        'share of runs in which two nodes held different ledgers, each when it first found itself cold; slowest cooling',
      unit: '1',
      expected: null,
      yes: [[-Infinity, 0.2]],
      no: [[0.5, Infinity]],
    },
    fastCooling: {
      meaning: 'the same when the network is cooled in 10 s',
      unit: '1',
      expected: 1,
      requires: [[0.5, Infinity]],
    },
    heldAgreement: {
      meaning: 'share of networks in agreement at the end, held at T = 4 J for as long',
      unit: '1',
      expected: null,
      requires: [[0.8, Infinity]],
    },
    wholeNetwork: {
      meaning: 'conflict of a rule that sees the whole network',
      unit: '1',
      expected: 0,
      requires: [[-Infinity, 0.2]],
    },
    atOnce: {
      meaning: 'conflict of a rule that is sure at the start',
      unit: '1',
      expected: 1,
      requires: [[0.5, Infinity]],
    },
  },
  planted: {
    yes: 'A rule that sees the whole network and waits until it agrees.',
    no: 'A rule that is sure at its first check; and cooling in 10 s.',
  },
  answer:
    'Yes, after enough time. Of networks of 200 nodes cooled in 3,000 s, the share in which two nodes hold different ledgers, each when it is first cold, is {falseFinality}; cooled in 10 s it is {fastCooling}. Time does it, and cooling is not needed: held at T = 4 J for as long, the share that agrees is {heldAgreement}. No clients speak in these runs.',
  changed:
    'After a reader’s objection the quantity is conflict, as in F08b (it was: two ledgers when the last node became sure), and the networks without cooling came in. The regions of before are unchanged; that of the networks without cooling is 1 less the region of the first number, and was set after the result.',
  overturns:
    'A run on other seeds in which more than one in five networks of 200 nodes, cooled in 3,000 s, are in conflict when they are cold.',
};
