// The Merkle tree hash of an ordered list of entries D[n], split at k, the largest power of two below n:
//   MTH({}) = SHA-256()   MTH({d}) = leaf(d)   MTH(D[n]) = node(MTH(D[0:k]), MTH(D[k:n]))
// An odd entry moves up unchanged, never duplicated (CVE-2012-2459). Source: RFC 6962, section 2.1.
import { got } from '../numerics/check.js';
import { type Digest, hashEmpty, hashLeaf, hashNode, toDigest } from './hash.js';

/** k of RFC 6962: the largest power of two smaller than `size`, for size >= 2. */
export function splitPoint(size: number): number {
  let k = 1;
  while (2 * k < size) k *= 2;
  return k;
}

/** MTH(D[from:to]) over leaf hashes. */
export function subtreeHash(hashes: readonly Uint8Array[], from = 0, to = hashes.length): Uint8Array {
  const size = to - from;
  if (size === 0) return hashEmpty();
  if (size === 1) return hashes[from];
  const middle = from + splitPoint(size);
  return hashNode(subtreeHash(hashes, from, middle), subtreeHash(hashes, middle, to));
}

export function requireLeaves(caller: string, leaves: readonly Uint8Array[]): void {
  if (!Array.isArray(leaves))
    throw new TypeError(`${caller}: leaves must be a list of Uint8Array, got ${got(leaves)}`);
}

/** Leaf hashes of the entries; `caller` names the function in the error. */
export function hashLeaves(caller: string, leaves: readonly Uint8Array[]): Uint8Array[] {
  requireLeaves(caller, leaves);
  return leaves.map((leaf, i) => {
    if (!(leaf instanceof Uint8Array))
      throw new TypeError(`${caller}: leaf ${i} must be a Uint8Array, got ${got(leaf)}`);
    return hashLeaf(leaf);
  });
}

/**
 * Merkle root chi(D) of the entries in the given order: MTH(D[n]) of RFC 6962, section 2.1.
 * The order matters; for a root of a set, see `blockSet`.
 *
 * @returns the root as lower-case hex.
 * @throws TypeError when a leaf is not a Uint8Array.
 * @example
 * merkle.merkleRoot([]); // 'e3b0c442...b855', SHA-256 of nothing
 * merkle.merkleRoot([new Uint8Array()]); // '6e340b9c...a01d', SHA-256 of the byte 00
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Digest {
  return toDigest(subtreeHash(hashLeaves('merkleRoot', leaves)));
}
