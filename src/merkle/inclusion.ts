// Audit paths: the sibling hashes, lowest first, that lead from one entry to the root.
//   PATH(0, {d}) = {}
//   PATH(m, D[n]) = PATH(m, D[0:k]) : MTH(D[k:n])       for m < k
//                   PATH(m - k, D[k:n]) : MTH(D[0:k])   for m >= k
// Source: RFC 6962, section 2.1.1; `verifyInclusion` decides as RFC 9162, section 2.1.3.2.
import { showAs } from '../display/index.js';
import { proofTable } from './digestText.js';
import { type Digest, hashLeaf, hashNode, isBytes, isProof, toBytes, toDigest } from './hash.js';
import { hashLeaves, requireLeaves, splitPoint, subtreeHash } from './tree.js';

/**
 * The claim that an entry stands at `index` of the tree with `size` entries and this `root`. A path does not
 * tell all sizes apart: get `size` and `root` from one source, such as a signed tree head.
 */
export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Digest;
}

/**
 * Audit path of entry `index` (from 0): at most ceil(log2 n) hashes. RFC 6962, section 2.1.1.
 *
 * @throws RangeError when the index is not in [0, leaves).
 * @example
 * const entries = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((text) => new TextEncoder().encode(text));
 * merkle.inclusionProof(entries, 0).length; // 3
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Digest[] {
  requireLeaves('inclusionProof', leaves);
  if (!isIndex(index, leaves.length)) {
    throw new RangeError(
      `inclusionProof: index must be a whole number in [0, ${leaves.length}), got ${index}`,
    );
  }
  const path = auditPath(hashLeaves('inclusionProof', leaves), index, 0, leaves.length).map(toDigest);
  return showAs(path, proofTable(`audit path of entry ${index} of ${leaves.length}, lowest first`));
}

/**
 * Whether `path` proves the claim. The path is untrusted: a malformed one gives false, not an error.
 *
 * @example
 * const entries = ['a', 'b', 'c', 'd'].map((text) => new TextEncoder().encode(text));
 * const claim = { leaf: entries[2], index: 2, size: 4, root: merkle.merkleRoot(entries) };
 * merkle.verifyInclusion(claim, merkle.inclusionProof(entries, 2)); // true
 * merkle.verifyInclusion({ ...claim, index: 3 }, merkle.inclusionProof(entries, 2)); // false
 */
export function verifyInclusion(claim: InclusionClaim, path: readonly Digest[]): boolean {
  const { leaf, index, size, root } = claim ?? {};
  if (!isIndex(index, size) || !isBytes(leaf) || !isProof(path)) return false;
  const found = rootFromPath(hashLeaf(leaf), index, size, Array.from(path, toBytes));
  return found !== undefined && toDigest(found) === root;
}

const isIndex = (index: number, size: number): boolean =>
  Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;

function auditPath(hashes: readonly Uint8Array[], index: number, from: number, to: number): Uint8Array[] {
  if (to - from === 1) return [];
  const middle = from + splitPoint(to - from);
  return index < middle
    ? [...auditPath(hashes, index, from, middle), subtreeHash(hashes, middle, to)]
    : [...auditPath(hashes, index, middle, to), subtreeHash(hashes, from, middle)];
}

/** The root that the path leads to; undefined when the path is too short or too long for the size. */
function rootFromPath(
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (size === 1) return path.length === 0 ? leafHash : undefined;
  const sibling = path.at(-1);
  if (sibling === undefined) return undefined;
  const k = splitPoint(size);
  const onLeft = index < k;
  const below = rootFromPath(leafHash, onLeft ? index : index - k, onLeft ? k : size - k, path.slice(0, -1));
  if (below === undefined) return undefined;
  return onLeft ? hashNode(below, sibling) : hashNode(sibling, below);
}
