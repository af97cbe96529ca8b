// `emtd certify`: how often the certificate rejects planted bugs, and how often it flags correct runs.
import { certify } from '../measure/index.js';
import { binomialInterval, type Estimate } from '../statistics/index.js';
import { countOf, terminalLine } from './command.js';
import { CHAINS, fieldRehearsals, RECORDS, type Rehearsal, spinRehearsals } from './plantedBugs.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

/** Largest allowed share of flagged correct runs, and smallest of rejected planted bugs. */
const MOST_FLAGGED = 0.05;
const LEAST_REJECTED = 0.95;

interface Rate extends Estimate {
  readonly system: string;
  readonly name: string;
  readonly expected: Rehearsal['expected'];
  readonly runs: number;
  readonly flagged: number;
  readonly holds: boolean;
  /** The first finding in the first flagged run. */
  readonly example: string | undefined;
}

/**
 * Certifies runs of two systems, correct ones and ones with planted bugs, and prints the fraction flagged
 * with its binomial interval (95 %).
 *
 * @returns exit code: 1 if more than 5 % of correct runs are flagged or less than 95 % of a bug's runs
 * rejected, else 0
 */
export async function rehearseAll({ values }: Call<typeof tables.certify>): Promise<number> {
  const { seed = 'rehearsal', json } = values;
  const runs = countOf('runs', values.runs ?? '200');
  const systems = {
    'Gaussian field, Langevin': fieldRehearsals(),
    'Ising spins, Metropolis': spinRehearsals(),
  };
  const rates: Rate[] = [];
  for (const [system, rehearsals] of Object.entries(systems)) {
    if (!json)
      console.log(
        `${system}, ${CHAINS} chains of ${RECORDS} records\n${row('', 'must', 'flagged', '95 % interval', '')}`,
      );
    for (const rehearsal of rehearsals) {
      const rate = await rehearse(system, rehearsal, runs, seed);
      rates.push(rate);
      if (!json) console.log(rateRow(rate));
    }
    if (!json) console.log();
  }
  if (json) console.log(JSON.stringify(rates, undefined, 2));
  return rates.every(({ holds }) => holds) ? 0 : 1;
}

async function rehearse(
  system: string,
  { name, expected, energy, draw }: Rehearsal,
  runs: number,
  seed: string,
): Promise<Rate> {
  let lastUpdate = 0;
  const show = (doing: string, fraction: number): void => {
    if (performance.now() - lastUpdate < 200) return;
    lastUpdate = performance.now();
    terminalLine(`${system}, ${name}: ${doing} ${Math.floor(100 * fraction)} %`);
  };
  const samples = await draw(runs, `${seed}, ${name}`, (fraction) => show('sampling', fraction));
  let flagged = 0;
  let example: string | undefined;
  for (const [at, one] of samples.entries()) {
    show('certifying', at / runs);
    const { passed, findings } = certify(one, energy);
    if (!passed) flagged++;
    example ??= findings[0];
  }
  terminalLine('');
  const rate = binomialInterval(flagged, runs);
  const holds = expected === 'pass' ? rate.estimate <= MOST_FLAGGED : rate.estimate >= LEAST_REJECTED;
  return { system, name, expected, runs, flagged, ...rate, holds, example };
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
const row = (...[name, must, flagged, interval, rest]: string[]): string =>
  `  ${name.padEnd(32)}${must.padEnd(8)}${flagged.padEnd(16)}${interval.padEnd(20)}${rest}`.trimEnd();

function rateRow({
  name,
  expected,
  runs,
  flagged,
  estimate,
  interval: [low, high],
  holds,
  example,
}: Rate): string {
  const rate = `${flagged}/${runs} ${percent(estimate)}`;
  const verdict = holds
    ? ''
    : expected === 'pass'
      ? `more than ${percent(MOST_FLAGGED)}! `
      : `less than ${percent(LEAST_REJECTED)}! `;
  return row(
    name,
    expected,
    rate,
    `${percent(low)} to ${percent(high)}`,
    `${verdict}${example ?? ''}`.slice(0, 90),
  );
}
