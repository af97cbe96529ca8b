// A society: nodes meet by their strategies, the memory of meetings decays with tau, and value is the
// presence field,
//   dm_i/dt = (meetings) - gamma m_i + sigma u_i(t) A,    dA/dt = gamma (sum m + carried) - sigma A sum u,
// with the participation u from the meetings themselves. A step first runs the meetings exactly, one after
// another at Poisson times, then the exchange with the air at the resulting participation, which is linear
// and in closed form. Total value is conserved. Source: Finality Through Ambient Entropy, "In the Air
// Tonight" (rows AE-15, AE-16); equations and strategies are this lab's.
import { card, countText, formatNumber, printAs, rangeText } from '../../display/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { requireOnePer } from '../../numerics/check.js';
import {
  byDefault,
  checkOptions,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aList, each, nonNegative, positive } from '../../numerics/rules.js';
import { uniformGenerator } from '../../randomness/index.js';
import type { Update } from '../messages/update.js';
import { activityAt, faded, participation, ruleOfCounting } from './participation.js';
import type { Strategy } from './strategies.js';
import { SumTree } from '../presence/sumTree.js';

/** The state of a society: the value in the field, the value carried away, and the activity. */
export interface Society {
  readonly time: number;
  /** `[nodes]`: value in the field. */
  readonly held: Float64Array;
  /** `[nodes]`: value taken out of the field. */
  readonly carried: Float64Array;
  readonly air: number;
  /** [half-edges + nodes], as `participation` takes it. */
  readonly activity: Float64Array;
}

/**
 * A society in which nobody has met anybody yet.
 *
 * @throws RangeError for amounts of another number or below zero
 * @example
 * const start = ambient.strangers(complete(20), { held: new Float64Array(20).fill(1) });
 * start.activity.length; // 400 = 2 E + N
 */
export function strangers(
  graph: Graph,
  options: { readonly held: ArrayLike<number>; readonly air?: number },
): Society {
  requireGraph('strangers', graph);
  checkOptions('strangers', options, { held: needed(each(nonNegative)), air: nonNegative });
  const { held, air = 0 } = options;
  const { nodeCount, neighbours } = graph;
  requireOnePer('strangers', 'held', held, nodeCount);
  return printAs<Society>(
    {
      time: 0,
      held: Float64Array.from(held),
      carried: new Float64Array(nodeCount),
      air,
      activity: new Float64Array(neighbours.length + nodeCount),
    },
    societyCard,
  );
}

/**
 * Total value: in the field, in the air, and carried outside.
 *
 * @example ambient.totalValue(ambient.strangers(complete(3), { held: [1, 2, 3], air: 4 })); // 10
 */
export const totalValue = ({ held, carried, air }: Society): number => air + total(held) + total(carried);

const total = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0);

const societyOptions = {
  /** One per node. */
  strategies: needed(typed<readonly Strategy[]>(aList)),
  /** Time constant of participation. */
  tau: needed(positive),
  /** How meetings count; `plain` by default. */
  rule: byDefault('plain', ruleOfCounting),
  /** gamma, 1 / time: rate at which value returns to the air. */
  decay: needed(positive),
  /** sigma, 1 / time: rate at which the air condenses on a node of participation 1. */
  release: needed(positive),
  /** Time that one step of the kernel takes: short against tau, 1 / gamma and 1 / (sigma sum u). */
  timeStep: needed(positive),
};

/** Options of `society`. */
export interface SocietyOptions extends Options, OptionsOf<typeof societyOptions> {}

/**
 * The kernel of a society: its state one timeStep later.
 *
 * @throws RangeError for strategies of another number, and times and rates that are not positive
 * @example
 * const strategies = [ambient.thief(), ...Array.from({ length: 19 }, () => ambient.honest())];
 * const kernel = ambient.society(complete(20), { strategies, tau: 10, decay: 0.1, release: 0.01, timeStep: 0.25 });
 * const later = ambient.after(kernel, ambient.strangers(complete(20), { held: new Float64Array(20).fill(1) }), { steps: 400, seed: 1 });
 * later.carried[0]; // 3.684
 * ambient.totalValue(later); // 20
 */
export function society(graph: Graph, options: SocietyOptions): Update<Society> {
  requireGraph('society', graph);
  const { strategies, tau, rule, decay, release, timeStep } = readOptions('society', options, societyOptions);
  requireOnePer('society', 'strategies', strategies, graph.nodeCount);
  return (present, { seed, stream }) => {
    const random = uniformGenerator(seed, stream);
    const here = strategies.map((each) => each.isHere(present.time));
    const next = {
      time: present.time + timeStep,
      held: present.held.slice(),
      carried: present.carried.slice(),
      air: present.air,
      activity: faded(present.activity, Math.exp(-timeStep / tau)),
    };
    const rates = new SumTree(strategies.map(({ rate }, i) => (here[i] ? rate : 0)));
    const wait = (): number => (rates.total > 0 ? -Math.log1p(-random()) / rates.total : Infinity);
    for (let t = wait(); t < timeStep; t += wait()) {
      const self = rates.find(random() * rates.total);
      const other = strategies[self].choosePartner(graph, self, random);
      if (other !== self && !(here[other] && strategies[other].accepts(self))) continue;
      next.activity[activityAt(graph, self, other)] += Math.exp((t - timeStep) / tau);
      strategies[self].trade(next, self, other);
    }
    condense(next, participation(graph, next.activity, rule), { decay, release, time: timeStep });
    return printAs<Society>(next, societyCard);
  };
}

/** The presence field without edges at a constant participation, exactly, for a time. */
function condense(
  now: { air: number; readonly held: Float64Array; readonly carried: Float64Array },
  u: Float64Array,
  { decay, release, time }: { readonly decay: number; readonly release: number; readonly time: number },
): void {
  const held = total(now.held) + total(now.carried);
  const intake = release * total(u); // sigma sum u
  const atRest = (decay * (now.air + held)) / (decay + intake);
  const fade = Math.exp(-decay * time);
  const both = -Math.expm1(-intake * time) / (intake || 1);
  const gain = release * ((atRest * -Math.expm1(-decay * time)) / decay + (now.air - atRest) * fade * both); // of u = 1
  for (let i = 0; i < u.length; i++) {
    now.held[i] = now.held[i] * fade + u[i] * gain;
    now.carried[i] *= fade;
  }
  now.air = atRest + (now.air - atRest) * Math.exp(-(decay + intake) * time);
}

const societyCard = (society: Society) => {
  const { time, held, carried, air } = society;
  return card(`Society of ${countText(held.length, 'node')}`, {
    time: formatNumber(time),
    held: rangeText(held),
    'carried out': formatNumber(total(carried)),
    'in the air': formatNumber(air),
    'in all': formatNumber(totalValue(society)),
  });
};
