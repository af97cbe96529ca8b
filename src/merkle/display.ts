// How block sets and proofs show: sizes, and hashes by their first digits.
import { card, clippedTable, counted, type Facts, formatNumber, type MimeBundle, tableBundle } from '../display/index.js';
import type { BlockSet } from './blocks.js';
import type { Digest } from './hash.js';
import type { TreeVectors } from './publishedVectors.js';
import type { DistanceEstimate, MinHash } from './minHash.js';
import type { SignatureCost, Signatures } from './signature.js';

/** @example shortDigest(blockSet([]).root) // 'e3b0c44298fc…' */
export const shortDigest = (digest: Digest): string => `${digest.slice(0, 12)}…`;

export function blockSetCard({ size, root, digests }: BlockSet): MimeBundle {
  const first = digests.slice(0, 4).map(shortDigest).join(' ');
  return card(`set of ${counted(size, 'block')}`, { root, leaves: size === 0 ? undefined : `${first}${size > 4 ? ` and ${size - 4} more` : ''}` });
}

/** The hashes of a proof in order. */
export const proofTable = (caption: string) => (proof: readonly Digest[]): MimeBundle =>
  tableBundle({ caption: `${caption}: ${counted(proof.length, 'hash', 'hashes')}`, head: ['', 'hash'], rows: proof.map((hash, k) => [String(k), hash]) });

export function vectorsTable({ leaves, roots }: TreeVectors): MimeBundle {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex') || '(empty)';
  const rows = roots.map((root, n) => [String(n), n === 0 ? '' : hex(leaves[n - 1]), shortDigest(root)]);
  return tableBundle(clippedTable({ caption: 'RFC 6962 test vectors', head: ['entries', 'last entry', 'root'], rows }));
}

const costs = ({ signCost, verifyCost }: SignatureCost): Facts =>
  ({ 'to sign': `${formatNumber(1e6 * signCost)} us`, 'to verify': `${formatNumber(1e6 * verifyCost)} us` });

export const costCard = (cost: SignatureCost): MimeBundle => card('what signatures cost', costs(cost));

export const signaturesCard = (scheme: Signatures): MimeBundle =>
  card(scheme.name === 'model' ? 'signatures, a cost model' : `${scheme.name} signatures`, costs(scheme));

export const minHashCard = ({ smallest, key }: MinHash): MimeBundle =>
  card(`MinHash of ${counted(smallest.length, 'hash', 'hashes')}`, { seed: key.seed, bytes: smallest.byteLength });

export const distanceEstimateCard = ({ distance, standardError }: DistanceEstimate): MimeBundle =>
  card('Jaccard distance, estimated', { distance: formatNumber(distance), 'standard error': formatNumber(standardError) });
