// What a run of the network gives: why it ended, its counts and its records.
import { byteSize, card, countText, formatNumber, numeral, sparkline } from '../../display/index.js';

/**
 * Why a run is over: the protocol reached its aim; time or events ran out; nothing more can happen or change;
 * values diverge; aborted; a handler threw.
 */
export type EndReason = 'converged' | 'budget' | 'frozen' | 'diverged' | 'aborted' | 'failed';

/** A run of the network: why it ended, its counts and its records. */
export interface NetworkRun {
  readonly reason: EndReason;
  /** The time, and the number of events, at which the run began. */
  readonly begin: number;
  readonly firstEvent: number;
  /** Where it ended. */
  readonly time: number;
  /** Since the start of the simulation: rings, deliveries and wake-ups. */
  readonly events: number;
  readonly messages: MessageCounts;
  /** Hash of the trajectory from the start: 16 hexadecimal digits. */
  readonly hash: string;
  readonly times: Float64Array;
  readonly observed: Float64Array;
}

/** Messages and bytes of a run. */
export interface MessageCounts {
  readonly sent: number;
  readonly delivered: number;
  /** By the link, by a cut, or because the receiver was away. */
  readonly lost: number;
  /** Second copies that links made. */
  readonly repeated: number;
  readonly bytes: number;
}

/** Rows of a card. */
export const traffic = ({ sent, delivered, lost, repeated, bytes }: MessageCounts) => ({
  'messages sent': numeral(sent),
  delivered: numeral(delivered),
  lost: lost > 0 ? numeral(lost) : undefined,
  repeated: repeated > 0 ? numeral(repeated) : undefined,
  bytes: bytes > 0 ? byteSize(bytes) : undefined,
});

export const runCard = ({ reason, time, events, messages, hash, observed }: NetworkRun) =>
  card(
    `Run of ${countText(events, 'event')}: ${reason}`,
    { 'until, seconds': formatNumber(time), ...traffic(messages), 'trajectory hash': hash },
    observed.length > 1 && sparkline([observed]),
    'observed by time',
  );
