// More than two ledgers are Potts', not Ising's: derived, with the barrier of exact laws as the check.
import type { Finding } from '../finding.js';

export const F04b: Finding = {
  id: 'F04b',
  notebook: '04-ising',
  sentences: ['EMTD-2.1'],
  question: 'Is a network with more than two ledgers an Ising model, if every two of them differ by as much?',
  literal:
    'Agreement, among any number of ledgers, has the energy and the transition of an Ising ferromagnet.',
  repair:
    'With two ledgers it has: the first term of Definition 1.2 is Ising’s energy up to a constant. Definition 1.2 leaves open how more ledgers differ (the program gives each a number, which favours the middle one); here every two differ by as much.',
  competitor: 'Two ledgers on the same graph, for which the same number must be zero.',
  covers:
    'The symmetry: every graph. The barrier: the complete graph with 60, 120 and 240 nodes, exact sums at the temperature where it is highest; q = 2 and q = 3.',
  quantities: {
    threeLedgers: {
      meaning: 'barrier of three ledgers at the larger size, over that at half the size',
      unit: '1',
      expected: 2,
      requires: [[1.5, 2.2]],
    },
    twoLedgers: {
      meaning: 'barrier of two ledgers at the largest size',
      unit: '1',
      expected: 0,
      requires: [[0, 0.001]],
    },
  },
  planted: {
    yes: 'Two ledgers: no barrier at any size.',
    no: 'Three ledgers: a barrier that grows in proportion to the size.',
  },
  answer:
    'No. With two ledgers it is one, exactly. With three the symmetry is another one, and on the complete graph order sets in by a jump: the barrier between agreement and disagreement grows {threeLedgers}-fold when the network doubles from 120 to 240 nodes (2 in the limit). With two ledgers there is no such barrier: it is {twoLedgers}.',
  changed:
    'After a reader’s objection the question says that every two ledgers differ by as much, and the barrier is taken at the temperature where it is highest (before: the highest of 24 temperatures, 1.836). The regions are those of before.',
  overturns: 'An error in Wu’s free energy, or a barrier of three ledgers that stops growing.',
  derived: {
    answer: 'no',
    proof:
      'The energy of q ledgers, every two of which differ by as much, is that of Potts. It does not change under any of the q! exchanges of ledgers, Ising’s energy only under two. On the complete graph the free energy of q ledgers has two minima of equal depth, at order 0 and (q - 2) / (q - 1), at T = J (q - 2) / (2 (q - 1) ln(q - 1)), if q is at least 3 (Wu, Rev. Mod. Phys. 54 (1982) 235, DOI 10.1103/RevModPhys.54.235). For q = 2 the two minima are one.',
  },
};
