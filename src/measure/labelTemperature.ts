// The temperature of spins or labels as a certificate reads it: as a whole, and node by node whether each
// follows its local law in energy and in value, and whether it moves. A node that keeps its letter in a chain
// through n records is frozen if the others leave it free: under the local laws that has the probability
//   prod_t p_i(present letter) <= exp(-sum_t (1 - p_i(present letter))),   every tau-th record counting.
import type { Estimate } from './estimate.js';
import type { Letter } from './letters.js';
import { energyChange, localGaps, localScores, type LocalGaps, type Quantity } from './localLaws.js';
import type { Replica } from './replicas.js';
import type { ChainSamples, LocalEnergy } from './samples.js';
import { deviation } from './scores.js';
import { failing, type Test } from './significance.js';
import { temperatureOfGaps } from './spinTemperature.js';
import { studentTwoSided } from './student.js';
import { listed, offBy, short, withInterval } from './words.js';

const LEVEL = 0.95;

/** The spin temperature with its findings; `time` is the autocorrelation time of the slowest observable. */
export function labelTemperature(
  samples: ChainSamples,
  energy: LocalEnergy,
  letters: readonly Letter[],
  replicas: readonly Replica[],
  time: number,
): { temperature: Estimate; findings: string[] } {
  const { temperature: declared, components, nodes, gauge } = samples;
  const gaps = localGaps(samples, energy, letters, replicas);
  const test = <Subject>(subject: Subject, quantity: Quantity, nodesFrom: number, nodesTo: number): Test<Subject> => {
    const scores = gaps.map((replica) => localScores(replica, quantity, 1 / declared, [nodesFrom, nodesTo]));
    return { subject, byChance: studentTwoSided(deviation(scores), replicas.length - 1) };
  };
  const pinned = new Set(typeof gauge === 'object' ? gauge.pinned : []);
  const free = Array.from({ length: nodes }, (_, node) => node).filter((node) => !pinned.has(node));
  const values = Array.from({ length: components }, (_, k): Quantity =>
    (_gap, a, present) => letters[a][k] - letters[present][k],
  );

  const temperature = temperatureOfGaps(gaps, LEVEL);
  const findings = failing([test('all', energyChange, 0, nodes)]).map(() =>
    `spin temperature ${withInterval(temperature)} against the declared ${short(declared)}: ${offBy(temperature, declared)}`,
  );
  const astray = (what: string, quantities: readonly Quantity[]): void => {
    const tests = free.flatMap((node) => quantities.map((quantity) => test(node, quantity, node, node + 1)));
    const failed = [...new Set(failing(tests).map(({ subject }) => subject))];
    if (failed.length > 0) {
      findings.push(`${listed('node', failed)} of ${free.length} not on the local law at the declared temperature ${short(declared)}, in ${what}`);
    }
  };
  astray('energy', [energyChange]);
  astray('value', values);
  const frozen = failing(free.flatMap((node) => frozenTests(gaps, replicas, node, 1 / declared, time)));
  if (frozen.length > 0) {
    const [nodes, chains] = [frozen.map(({ subject: [node] }) => node), frozen.map(({ subject: [, chain] }) => chain)];
    findings.push(`${listed('node', ascending(nodes))} frozen in ${listed('chain', ascending(chains))}: it never moves there, though free to`);
  }
  return { temperature, findings };
}

/** One test for every chain in which the node keeps its letter. */
function frozenTests(
  gaps: readonly LocalGaps[],
  replicas: readonly Replica[],
  node: number,
  beta: number,
  time: number,
): Test<readonly [node: number, chain: number]>[] {
  const others: Quantity = (_gap, a, present) => (a === present ? 0 : 1);
  const chains = [...new Set(replicas.map(({ chain }) => chain))];
  return chains.map((chain) => {
    const own = gaps.filter((_, r) => replicas[r].chain === chain);
    const letters = new Set(own.flatMap((replica) => lettersAt(replica, node)));
    const expected = own.reduce((sum, replica) => {
      const { mean, records } = localScores(replica, others, beta, [node, node + 1]);
      return sum + mean * records;
    }, 0);
    return { subject: [node, chain], byChance: letters.size > 1 ? 1 : Math.exp(-expected / Math.max(1, time)) };
  });
}

const lettersAt = ({ present, nodes, records }: LocalGaps, node: number): number[] =>
  Array.from({ length: records }, (_, record) => present[record * nodes + node]);

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
