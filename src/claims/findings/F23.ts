// Which anneals better, forgetting or cooling? Regions after a pilot on the seed "pilot": 50 and 200 nodes (32
// graphs to tune, 64 to score), 1,000 nodes (16 and 32), horizons of 30 to 1,000.
import type { Finding } from '../finding.js';

export const F23: Finding = {
  id: 'F23',
  notebook: '23-finality-as-persistence',
  sentences: ['AE-25'],
  question:
    'Does lowering the dissipation at T = 0 bring a network to agreement as often as lowering the temperature does?',
  literal:
    'Finality is what remains when nothing is held still: agreement comes from a present that is lost and renewed.',
  repair:
    'The loss is lowered to 0 in the end, as a temperature is. Held at one value, which is the sentence by the letter, it is a contender of its own.',
  competitor:
    'Slow cooling without dissipation. It has its own shape, as dissipation has, and its own first temperature for each size and horizon, tuned on other graphs. Both are also held at their best value.',
  covers:
    'Small worlds of degree 4 and rewiring 0.1 with 50, 200 and 1,000 nodes, horizons of 30 to 1,000 heat-bath times; 32 graphs to tune, 128 others to score.',
  quantities: {
    difference: {
      meaning:
        'share of lasting agreement, lowering dissipation less lowering temperature, largest size, horizon 300',
      unit: '1',
      expected: null,
      yes: [[-0.15, Infinity]],
      no: [[-Infinity, -0.3]],
    },
    againstQuench: {
      meaning: 'the same against a quench, which must lose',
      unit: '1',
      expected: null,
      requires: [[0.15, Infinity]],
    },
    withoutRenewal: {
      meaning:
        'the same where a lost opinion is hardly ever renewed: dissipation must lose, since nearly all nodes are silent',
      unit: '1',
      expected: null,
      requires: [[-Infinity, -0.3]],
    },
  },
  planted: {
    yes: 'A quench in the place of slow cooling.',
    no: 'A network in which a node that has lost its opinion asks its neighbours a thousand times less often.',
  },
  answer:
    'Yes, within a margin of 0.15, when each falls in the better of the shapes that we tried. Of networks of 1,000 nodes with a horizon of 300, the share that agrees, and still does 20 time units later, differs by {difference}, dissipation less temperature: just inside the margin, and 128 networks cannot tell which one is better. Against a quench the difference is {againstQuench}.',
  overturns:
    'A size or horizon at which tuned cooling is better by 0.15 or more; or a better family of cooling schedules.',
  changed:
    'After two runs each contender got a shape of its own. In those runs all fell in a straight line, cooling also as a square, and dissipation was better by 0.27 [0.11, 0.42]; cooling that falls late takes that back. No region changed. It replaces the finding of the earlier form (AE-25, withdrawn on 2026-11-24), whose only competitor was a quench.',
};
