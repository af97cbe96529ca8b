// Consistency proofs: the tree of the first m entries is a prefix of the tree of all n.
//   PROOF(m, D[n]) = SUBPROOF(m, D[n], true)
//   SUBPROOF(m, D[m], whole) = {} if whole (its hash is then the old root), else {MTH(D[m])}
//   SUBPROOF(m, D[n], whole) = SUBPROOF(m, D[0:k], whole) : MTH(D[k:n])       for m <= k
//                              SUBPROOF(m - k, D[k:n], false) : MTH(D[0:k])   for m > k
// Source: RFC 6962, section 2.1.2; `verifyConsistency` decides as RFC 9162, section 2.1.4.2.
import { showAs } from '../display/index.js';
import { proofTable } from './digestText.js';
import { type Digest, hashNode, isDigest, isProof, toBytes, toDigest } from './hash.js';
import { hashLeaves, requireLeaves, splitPoint, subtreeHash } from './tree.js';

/** The claim that the tree (firstSize, firstRoot) is the beginning of the tree (secondSize, secondRoot). */
export interface ConsistencyClaim {
  readonly firstSize: number;
  readonly secondSize: number;
  readonly firstRoot: Digest;
  readonly secondRoot: Digest;
}

/**
 * Proof that the tree of all `leaves` extends the tree of the first `firstSize`. RFC 6962, section 2.1.2.
 *
 * @throws RangeError unless 0 < firstSize <= n.
 * @example
 * const log = ['a', 'b', 'c', 'd', 'e'].map((text) => new TextEncoder().encode(text));
 * merkle.consistencyProof(log, 3).length; // 4
 * merkle.consistencyProof(log, 5); // [], a tree extends itself
 */
export function consistencyProof(leaves: readonly Uint8Array[], firstSize: number): Digest[] {
  requireLeaves('consistencyProof', leaves);
  if (!isPrefix(firstSize, leaves.length)) {
    throw new RangeError(
      `consistencyProof: firstSize must be a whole number in [1, ${leaves.length}], got ${firstSize}`,
    );
  }
  const proof = subproof(hashLeaves('consistencyProof', leaves), firstSize, 0, leaves.length, true).map(
    toDigest,
  );
  return showAs(
    proof,
    proofTable(`proof that the tree of ${leaves.length} entries extends that of ${firstSize}`),
  );
}

/**
 * Whether `proof` proves the claim. The proof is untrusted: a malformed one gives false, not an error.
 *
 * @example
 * const log = ['a', 'b', 'c', 'd', 'e'].map((text) => new TextEncoder().encode(text));
 * const claim = { firstSize: 3, secondSize: 5, firstRoot: merkle.merkleRoot(log.slice(0, 3)), secondRoot: merkle.merkleRoot(log) };
 * merkle.verifyConsistency(claim, merkle.consistencyProof(log, 3)); // true
 */
export function verifyConsistency(claim: ConsistencyClaim, proof: readonly Digest[]): boolean {
  const { firstSize, secondSize, firstRoot, secondRoot } = claim ?? {};
  if (!isPrefix(firstSize, secondSize) || !isDigest(firstRoot) || !isProof(proof)) return false;
  const roots = rootsFromProof(firstSize, secondSize, toBytes(firstRoot), Array.from(proof, toBytes));
  return roots !== undefined && toDigest(roots.first) === firstRoot && toDigest(roots.second) === secondRoot;
}

const isPrefix = (first: number, second: number): boolean =>
  Number.isSafeInteger(first) && Number.isSafeInteger(second) && first > 0 && first <= second;

function subproof(
  hashes: readonly Uint8Array[],
  first: number,
  from: number,
  to: number,
  whole: boolean,
): Uint8Array[] {
  if (first === to - from) return whole ? [] : [subtreeHash(hashes, from, to)];
  const k = splitPoint(to - from);
  const middle = from + k;
  return first <= k
    ? [...subproof(hashes, first, from, middle, whole), subtreeHash(hashes, middle, to)]
    : [...subproof(hashes, first - k, middle, to, false), subtreeHash(hashes, from, middle)];
}

type Roots = Readonly<Record<'first' | 'second', Uint8Array>>;

/** Both roots that the proof leads to; `oldRoot` is given while its subtree is still whole. */
function rootsFromProof(
  first: number,
  second: number,
  oldRoot: Uint8Array | undefined,
  proof: readonly Uint8Array[],
): Roots | undefined {
  if (first === second) {
    const [hash, ...rest] = oldRoot ? [oldRoot, ...proof] : proof;
    return hash && rest.length === 0 ? { first: hash, second: hash } : undefined;
  }
  const sibling = proof.at(-1);
  if (sibling === undefined) return undefined;
  const k = splitPoint(second);
  if (first <= k) {
    const left = rootsFromProof(first, k, oldRoot, proof.slice(0, -1));
    return left && { first: left.first, second: hashNode(left.second, sibling) };
  }
  const right = rootsFromProof(first - k, second - k, undefined, proof.slice(0, -1));
  return right && { first: hashNode(sibling, right.first), second: hashNode(sibling, right.second) };
}
