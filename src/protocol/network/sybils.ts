// Sybils: one participant pretends to be many. Its gain depends on the weight of a vote:
//   by node       every identity weighs 1: m identities among h honest nodes have the share m / (m + h)
//   by bandwidth  its bandwidth is divided among them: the share stays b / (b + h)
//   by stake      its stake is divided among them: the share stays s / (s + h)
// with b and s in units of one honest node's. Source: Douceur, IPTPS 2002, doi:10.1007/3-540-45748-8_24.
import { countText, formatNumber, type MimeBundle, showAs } from '../../display/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, oneOf, positive } from '../../numerics/rules.js';

/** What gives a vote its weight. */
export type Weighting = 'node' | 'bandwidth' | 'stake';

const sybilOptions = {
  /** Honest nodes. */
  honest: needed(integer(1)),
  /** Identities of the attacker. */
  identities: needed(integer(1)),
  /** What gives a vote its weight. */
  weighting: needed<Weighting>(oneOf('node', 'bandwidth', 'stake')),
  /** What the attacker has, in units of an honest node's; 1 by default. */
  bandwidth: byDefault(1, positive),
  /** What the attacker has, in units of an honest node's; 1 by default. */
  stake: byDefault(1, positive),
};

/** Options of `sybils`. */
export interface SybilOptions extends Options, OptionsOf<typeof sybilOptions> {}

/** Honest nodes and an attacker's identities, with the weights of their votes. */
export interface Sybils {
  readonly weighting: Weighting;
  /** `[honest + identities]`: 1 for identities of the attacker, which come last. */
  readonly members: Uint8Array;
  /** By node: the weight of its vote. */
  readonly weights: Float64Array;
  /** The attacker's share of all weight. */
  readonly fraction: number;
}

/**
 * Weights of honest nodes and Sybil identities in a vote by node, bandwidth or stake, and the share of the
 * Sybils.
 *
 * @throws RangeError for counts below one, and means that are not positive
 * @example
 * protocol.sybils({ honest: 90, identities: 10, weighting: 'node' }).fraction; // 0.1
 */
export function sybils(options: SybilOptions): Sybils {
  const { honest, identities, weighting, bandwidth, stake } = readOptions('sybils', options, sybilOptions);
  const whole = { node: identities, bandwidth, stake }[weighting];
  return showAs<Sybils>(
    {
      weighting,
      members: new Uint8Array(honest + identities).fill(1, honest),
      weights: new Float64Array(honest + identities).fill(1).fill(whole / identities, honest),
      fraction: whole / (whole + honest),
    },
    sybilsText,
  );
}

const sybilsText = ({ weighting, members, fraction: share }: Sybils): MimeBundle => ({
  'text/plain': `${countText(
    members.reduce((sum, member) => sum + member, 0),
    'Sybil identity',
    'Sybil identities',
  )} of ${countText(members.length, 'node')}: ${formatNumber(share)} of the weight by ${weighting}`,
});
