// Sybils: one participant pretends to be many. Its gain depends on the weight of a vote:
//   by node       every identity weighs 1: m identities among h honest nodes have the share m / (m + h)
//   by bandwidth  its bandwidth is divided among them: the share stays b / (b + h)
//   by stake      its stake is divided among them: the share stays s / (s + h)
// with b and s in units of one honest node's. Source: Douceur, IPTPS 2002, doi:10.1007/3-540-45748-8_24.
import { countText, formatNumber, type MimeBundle, showAs } from '../../display/index.js';
import { checkOptions, integer, needed, oneOf, positive } from '../../numerics/options.js';

/** What a vote weighs by. */
export type Weighting = 'node' | 'bandwidth' | 'stake';

/** Options of `sybils`. */
export interface SybilOptions {
  /** Honest nodes. */
  readonly honest: number;
  /** Identities of the attacker. */
  readonly identities: number;
  /** What a vote weighs by. */
  readonly weighting: Weighting;
  /** What the attacker has, in units of an honest node's; 1 by default. */
  readonly bandwidth?: number;
  /** What the attacker has, in units of an honest node's; 1 by default. */
  readonly stake?: number;
}

/** Honest nodes and an attacker's identities, with the weights of their votes. */
export interface Sybils {
  readonly weighting: Weighting;
  /** `[honest + identities]`: 1 for identities of the attacker, which come last. */
  readonly members: Uint8Array;
  /** By node: the weight of its vote. */
  readonly weights: Float64Array;
  /** The attacker's share of all weight. */
  readonly share: number;
}

/**
 * Weights of honest nodes and Sybil identities in a vote by node, bandwidth or stake, and the share of the
 * Sybils.
 *
 * @throws RangeError for counts below one, and means that are not positive
 * @example
 * sybils({ honest: 90, identities: 10, weighting: 'node' }).share; // 0.1
 */
export function sybils(options: SybilOptions): Sybils {
  checkOptions('sybils', options, {
    honest: needed(integer(1)),
    identities: needed(integer(1)),
    weighting: needed(oneOf('node', 'bandwidth', 'stake')),
    bandwidth: positive,
    stake: positive,
  });
  const { honest, identities, weighting, bandwidth = 1, stake = 1 } = options;
  const whole = { node: identities, bandwidth, stake }[weighting];
  return showAs<Sybils>(
    {
      weighting,
      members: new Uint8Array(honest + identities).fill(1, honest),
      weights: new Float64Array(honest + identities).fill(1).fill(whole / identities, honest),
      share: whole / (whole + honest),
    },
    sybilsText,
  );
}

const sybilsText = ({ weighting, members, share }: Sybils): MimeBundle => ({
  'text/plain': `${countText(
    members.reduce((sum, member) => sum + member, 0),
    'Sybil identity',
    'Sybil identities',
  )} of ${countText(members.length, 'node')}: ${formatNumber(share)} of the weight by ${weighting}`,
});
