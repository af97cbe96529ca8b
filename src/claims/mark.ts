// The word beside a verdict that the lab does not stand by: the numbers give the verdict, the ledger says why
// nobody should rely on it.
import type { Claim, Verdict } from './claim.js';

/** A finding is withdrawn for good, or under revision until its experiment has been made again. */
export type Mark = 'withdrawn' | 'under revision';

/** The mark of a row, if it has one. */
export const markOf = ({ withdrawn, underRevision }: Claim): Mark | undefined =>
  withdrawn !== undefined ? 'withdrawn' : underRevision !== undefined ? 'under revision' : undefined;

/** Why a row has its mark, in one sentence; empty without one. */
export const reasonOf = ({ withdrawn, underRevision }: Claim): string => withdrawn ?? underRevision ?? '';

/** "supported", "supported (withdrawn)". */
export const markedVerdict = (verdict: Verdict, mark: Mark | undefined): string =>
  mark ? `${verdict} (${mark})` : verdict;
