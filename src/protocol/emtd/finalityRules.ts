// When a node takes its block for final: each rule is a question that the node asks itself at every ring of
// its clock, and after every ledger that it takes. Such a moment is a check.
//   the paper's       T(now) < threshold: a date in a schedule
//   local confidence  at the last `checks` checks in a row, a share of at least `share` of its peers held what
// it holds
// Three results of a rule are judged apart: whether all nodes were sure (and when), whether two nodes took
// different ledgers for final (agreement), and whether an honest node began with the ledger (validity).
// Sources: EMTD 3.1, phase III; row EMTD-3.4; Rocket et al., arXiv:1906.08936 (counters of confidence).
import { nameText, showAs } from '../../display/index.js';
import { got, requirePositive } from '../../numerics/check.js';
import { checkOptions, needed } from '../../numerics/options.js';
import { anything, integer } from '../../numerics/rules.js';

/** What a rule may use: a node's own time, temperature and neighbourhood. */
export interface FinalityView {
  readonly nodeCount: number;
  temperature(): number;
  /** By node: the ledger that it holds. */
  readonly ledgers: Int32Array;
  /** The share of the node's peers that, as far as it knows, hold what it holds. */
  agreeing(node: number): number;
}

/** A rule by which a node takes its ledger for final. */
export interface FinalityRule {
  readonly name: string;
  /** A question for one run, for every check of a node: at each ring, and after each ledger that it takes. */
  start(view: FinalityView): (node: number) => boolean;
}

/**
 * The paper's rule of finality: a node is sure as soon as the temperature is below the threshold.
 *
 * @throws RangeError unless the threshold is positive
 * @example
 * const ising = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
 * const initial = Array.from({ length: 50 }, (_, node) => node % 2);
 * const temperature = linear({ from: 2, to: 0, steps: 20 }); // over seconds
 * const emtd = new protocol.Emtd(ising, { values: [-1, 1], initial, temperature, finality: [protocol.belowTemperature(0.5)] });
 * await new protocol.Network(emtd, { nodeCount: 50, seed: 1 }).run({ time: 60 });
 * emtd.records[0].wasSplit; // true
 */
export function belowTemperature(threshold: number): FinalityRule {
  requirePositive('belowTemperature', 'threshold', threshold);
  return showAs<FinalityRule>(
    { name: `T < ${threshold}`, start: (view) => () => view.temperature() < threshold },
    nameText,
  );
}

/**
 * A rule of finality: a node is sure when at least this share of its peers held its ledger at so many of its
 * checks in a row. It checks at each ring of its clock, and after each ledger that it takes.
 *
 * @throws RangeError for checks that are not a whole number, or a share outside (0, 1]
 * @example
 * const ising = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
 * const initial = Array.from({ length: 50 }, (_, node) => node % 2);
 * const temperature = linear({ from: 2, to: 0, steps: 20 }); // over seconds
 * const emtd = new protocol.Emtd(ising, { values: [-1, 1], initial, temperature, finality: [protocol.localConfidence({ checks: 5 })] });
 * await new protocol.Network(emtd, { nodeCount: 50, seed: 1 }).run({ time: 60 });
 * const { count, isSplit } = emtd.records[0];
 * count; // 40
 * isSplit; // true
 */
export function localConfidence(options: {
  readonly checks: number;
  readonly fraction?: number;
}): FinalityRule {
  checkOptions('localConfidence', options, { checks: needed(integer(1)), fraction: anything });
  const { checks, fraction: share = 1 } = options;
  if (!(share > 0 && share <= 1))
    throw new RangeError(`localConfidence: fraction must be in (0, 1], got ${got(share)}`);
  return showAs<FinalityRule>(
    {
      name: `${share === 1 ? 'all peers agree' : `${share} of the peers agree`} ${checks} times in a row`,
      start(view) {
        const [inRow, before] = [new Int32Array(view.nodeCount), view.ledgers.slice()];
        return (node) => {
          if (view.ledgers[node] !== before[node] || view.agreeing(node) < share)
            inRow[node] = 0; // a change breaks the agreement
          else inRow[node]++;
          before[node] = view.ledgers[node];
          return inRow[node] >= checks;
        };
      },
    },
    nameText,
  );
}
