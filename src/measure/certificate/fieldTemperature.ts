// The temperature of a continuous field in a certificate: as a whole, by component and by node, to find a
// part that is too hot or does not move.
import { type Estimate, short, withInterval } from '../../statistics/index.js';
import { temperatureOf } from '../observables/configurationalTemperature.js';
import { frozenFindings } from './frozen.js';
import { ratioByChance, ratioInterval } from '../chains/ratio.js';
import type { Replica } from '../chains/replicas.js';
import { responsesOf } from '../observables/responses.js';
import { type ChainSamples, freeNodes, type LocalEnergy } from '../chains/samples.js';
import { failing } from './significance.js';
import { listed, offBy } from './words.js';

const LEVEL = 0.95;

/** The configurational temperature with its findings. */
export function fieldTemperature(
  samples: ChainSamples,
  energy: LocalEnergy,
  replicas: readonly Replica[],
): { temperature: Estimate; findings: string[] } {
  const { temperature: declared, components, nodes } = samples;
  const responses = responsesOf(samples, energy, replicas);
  const measure = (coordinates?: readonly number[]): Estimate & { pValue: number } => {
    const ratio = temperatureOf(responses, coordinates);
    return {
      estimate: ratio.estimate,
      interval: ratioInterval(ratio, LEVEL),
      pValue: ratioByChance(ratio, declared),
    };
  };
  const whole = measure();
  const findings = [
    ...frozenFindings(samples),
    ...failing([{ subject: 'all', pValue: whole.pValue }]).map(
      () =>
        `configurational temperature ${withInterval(whole)} against the declared ${short(declared)}: ${offBy(whole, declared)}`,
    ),
  ];
  const parts = (
    what: 'component' | 'node',
    numbers: readonly number[],
    of: (part: number) => number[],
  ): void => {
    const measured = numbers.map((subject) => ({ subject, ...measure(of(subject)) }));
    const failed = failing(measured);
    if (failed.length === 0) return;
    const worst = measured.find(({ subject }) => subject === failed[0].subject)!;
    findings.push(
      `${listed(
        what,
        failed.map(({ subject }) => subject),
      )} of ${numbers.length} not at the declared temperature ` +
        `${short(declared)}: ${what} ${worst.subject} is at ${withInterval(worst)}`,
    );
  };
  if (components > 1)
    parts('component', range(components), (k) => range(nodes).map((i) => i * components + k));
  parts('node', freeNodes(samples), (i) => range(components).map((k) => i * components + k));
  return { temperature: whole, findings };
}

const range = (length: number): number[] => [...Array(length).keys()];
