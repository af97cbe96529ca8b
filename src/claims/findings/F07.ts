// Does slow cooling agree? Regions after a pilot on the seeds "pilot", "pilot/tail" and "pilot/lattice": small
// worlds of 50 to 4,000 nodes (32 graphs, 8 runs each) and of 16,000 (16 graphs, 4 runs) to 10,000 sweeps.
import type { Finding } from '../finding.js';

export const F07: Finding = {
  id: 'F07',
  notebook: '07-thermodynamic-cooling',
  sentences: ['EMTD-2.4', 'EMTD-2.10', 'EMTD-2.14', 'EMTD-2.17'],
  question:
    'Does slow cooling of a small world end in agreement, after a time that grows more slowly than the network?',
  literal:
    'As T falls to 0 the network ends in a state of least energy, in which all nodes hold one value. Nothing is said of the time.',
  repair:
    'With a finite time n, the probability of agreement tends to 1 as n grows and the last temperature falls; the time that it takes is measured.',
  competitor:
    'The same nodes and links without shortcuts (rewiring 0), cooled in the same way for the same times: what a network without long links can do.',
  covers:
    'Small worlds of degree 4 and rewiring 0.1 with 50 to 16,000 nodes, T from 4 to 0.05 J in 10 to 10,000 sweeps, a quench of 100 sweeps after it; 64 graphs, 4 runs on each.',
  quantities: {
    agreement: {
      meaning: 'P(consensus) of the largest network at the longest time',
      unit: '1',
      expected: null,
      yes: [[0.8, Infinity]],
      no: [[-Infinity, 0.5]],
    },
    growth: {
      meaning: 'exponent a of N^a by which the time to P = 1/2 grows, between the two largest networks',
      unit: '1',
      expected: null,
      yes: [[-Infinity, 0.8]],
      no: [[1, Infinity]],
    },
    completeAgreement: {
      meaning: 'the first number for complete graphs of 200 nodes, 30 sweeps',
      unit: '1',
      expected: 1,
      requires: [[0.8, Infinity]],
    },
    latticeAgreement: {
      meaning: 'the first number without shortcuts, 1000 nodes',
      unit: '1',
      expected: null,
      requires: [[-Infinity, 0.5]],
    },
    latticeGrowth: {
      meaning: 'the second number without shortcuts, from 100 to 200 nodes',
      unit: '1',
      expected: 2,
      requires: [[1, Infinity]],
    },
  },
  planted: {
    yes: 'Complete graphs, which agree at once.',
    no: 'The same ring of degree 4 without shortcuts: walls between camps wander, so that the time grows as N squared.',
  },
  answer:
    'Yes, if the cooling is slow: P(consensus) of 16,000 nodes after 10,000 sweeps is {agreement}. The time to P = 1/2 grows as N to the power {growth} from 4,000 to 16,000 nodes; without shortcuts, from 100 to 200 nodes, the power is {latticeGrowth} (2 for long rings).',
  overturns:
    'A size beyond 16,000 at which the time grows in proportion to N or faster, or networks that stay split after 10,000 sweeps in one run of five.',
};
