// No rule that looks at a neighbourhood for a fixed time is safe on networks of every size: derived, with the protocol's runs as the check.
import type { Finding } from '../finding.js';

export const F08b: Finding = {
  id: 'F08b',
  notebook: '08-protocol',
  sentences: ['AE-4'],
  question: 'Can a node tell from its neighbourhood alone, after a fixed time, that the network has agreed?',
  literal:
    'A node asks at each turn whether it is over, and goes on if it is not. The document names only the temperature as the answer.',
  repair: 'A rule that sees the network within a radius, waits longer, or both.',
  competitor:
    'Rules that wait until all peers agree at 1 to 500 checks in a row, at every rate of cooling; a node checks at each ring and after each ledger that it takes.',
  covers:
    'The proof: every rule whose radius and time do not grow with the network, on families of graphs of bounded degree that grow without end. It does not say how large a network must be. The runs: 50, 200 and 1,000 nodes, cooled in 10 to 3,000 s.',
  quantities: {
    conflict: {
      meaning:
        'share of runs in which two nodes were sure of different ledgers: five checks, slowest cooling',
      unit: '1',
      expected: null,
      requires: [[0.5, Infinity]],
    },
    wholeNetwork: {
      meaning: 'the same for a rule that sees the whole network',
      unit: '1',
      expected: 0,
      requires: [[-Infinity, 0.2]],
    },
  },
  planted: {
    yes: 'A rule that sees the whole network: never in conflict.',
    no: 'A rule of one check.',
  },
  answer:
    'No rule that decides after a fixed time is safe on networks of every size. This is derived. In the runs, nodes are sure when all their peers have agreed at five checks in a row. The share of networks of 200 nodes in which two nodes are then sure of different ledgers is {conflict}, even when the cooling takes 3,000 s, since five checks take only seconds.',
  overturns:
    'An error in the proof; or a rule that uses more than a neighbourhood and a fixed time, such as votes that are counted over the whole network.',
  derived: {
    answer: 'no',
    proof:
      'Let a rule decide, in a network where all hold one ledger, after a time t with positive probability; by then a node has heard only of nodes within some radius r, but for a probability as small as we like. Take a network with two places further apart than 2 r, whose neighbourhoods of radius r are like those of the first network, one all 0 and the other all 1. Each centre sees what it would see in its own network, and decides likewise: two nodes are sure of different ledgers. From random starts on graphs of bounded degree such places exist with a probability that tends to 1 with the size.',
  },
};
