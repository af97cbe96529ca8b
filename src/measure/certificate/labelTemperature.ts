// The temperature of spins or labels in a certificate: as a whole, and for each node whether it follows its
// local law in energy and in value, and whether it moves.
import { studentTwoSided } from '../../numerics/student.js';
import { type Estimate, short, withInterval } from '../../statistics/index.js';
import { frozenTests } from './frozen.js';
import {
  deviation,
  energyChange,
  type NodeValue,
  localGaps,
  localScores,
  type Quantity,
} from '../observables/localLaws.js';
import type { Replica } from '../chains/replicas.js';
import { type ChainSamples, freeNodes, type LocalEnergy } from '../chains/samples.js';
import { failing, type Test } from './significance.js';
import { temperatureOfGaps } from '../observables/spinTemperature.js';
import { listed, offBy } from './words.js';

const LEVEL = 0.95;

/** The spin temperature with its findings; `time` is the autocorrelation time of the slowest observable. */
export function labelTemperature(
  samples: ChainSamples,
  energy: LocalEnergy,
  letters: readonly NodeValue[],
  replicas: readonly Replica[],
  time: number,
): { temperature: Estimate; findings: string[] } {
  const { temperature: declared, components, nodes } = samples;
  const gaps = localGaps(samples, energy, letters, replicas);
  const test = <Subject>(
    subject: Subject,
    quantity: Quantity,
    nodesFrom: number,
    nodesTo: number,
  ): Test<Subject> => {
    const scores = gaps.map((replica) => localScores(replica, quantity, 1 / declared, [nodesFrom, nodesTo]));
    return { subject, pValue: studentTwoSided(deviation(scores), replicas.length - 1) };
  };
  const free = freeNodes(samples);
  const values = Array.from(
    { length: components },
    (_, k): Quantity =>
      (_gap, a, present) =>
        letters[a][k] - letters[present][k],
  );

  const temperature = temperatureOfGaps(gaps, LEVEL);
  const findings = failing([test('all', energyChange, 0, nodes)]).map(
    () =>
      `spin temperature ${withInterval(temperature)} against the declared ${short(declared)}: ${offBy(temperature, declared)}`,
  );
  const astray = (what: string, quantities: readonly Quantity[]): void => {
    const tests = free.flatMap((node) => quantities.map((quantity) => test(node, quantity, node, node + 1)));
    const failed = [...new Set(failing(tests).map(({ subject }) => subject))];
    if (failed.length > 0) {
      findings.push(
        `${listed('node', failed)} of ${free.length} not on the local law at the declared temperature ${short(declared)}, in ${what}`,
      );
    }
  };
  astray('energy', [energyChange]);
  astray('value', values);
  const frozen = failing(free.flatMap((node) => frozenTests(gaps, replicas, node, 1 / declared, time)));
  if (frozen.length > 0) {
    const [nodes, chains] = [
      frozen.map(({ subject }) => subject.node),
      frozen.map(({ subject }) => subject.chain),
    ];
    findings.push(
      `${listed('node', ascending(nodes))} frozen in ${listed('chain', ascending(chains))}: never moves there, though free to`,
    );
  }
  return { temperature, findings };
}

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
