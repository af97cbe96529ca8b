// What travels: "my ledger ends in this transaction", signed, with the proof that the transaction is in the ledger whose root is named.
//   signed bytes = sender || version || ledger || root        proof: RFC 6962 path from the transaction to the root
// A version counts the changes of its sender, so that a receiver keeps the newest of what a peer said: a merge by maximum, which no
// order and no repeat of messages changes. What does not verify is worth an infinite energy: it is never weighed.
// Sources: EMTD 3.1, phase II ("Verify Sig & Merkle"); row EMTD-3.2; RFC 6962, section 2.1.1.
import { type Digest, inclusionProof, type InclusionClaim, type KeyPair, merkleRoot, type Signatures, verifyInclusion } from '../../merkle/index.js';

/** That a ledger, by number, ends in a transaction. */
export interface LedgerProof extends InclusionClaim {
  readonly ledger: number;
  readonly proof: readonly Digest[];
}

export interface Envelope {
  readonly sender: number;
  readonly version: number;
  readonly evidence: LedgerProof;
  readonly signature: Uint8Array;
}

const text = new TextEncoder();
const common = Array.from({ length: 7 }, (_, k) => text.encode(`transaction ${k}`));
/** The transaction in which ledger k ends. */
const transaction = (ledger: number): Uint8Array => text.encode(`transaction of ledger ${ledger}`);

const proofs: LedgerProof[] = [];

/** The ledger that a candidate number stands for: seven transactions that all share, then one of its own. The same object every time. */
export function evidenceOf(ledger: number): LedgerProof {
  const leaves = [...common, transaction(ledger)];
  return (proofs[ledger] ??= { ledger, leaf: leaves[7], index: 7, size: 8, root: merkleRoot(leaves), proof: inclusionProof(leaves, 7) });
}

const keyRings = new WeakMap<Signatures, KeyPair[]>();

/** The keys of nodes 0, 1, ... under a scheme: made once. */
function keysOf(signatures: Signatures, nodes: number): readonly KeyPair[] {
  const keys = keyRings.get(signatures) ?? [];
  keyRings.set(signatures, keys);
  for (let node = keys.length; node < nodes; node++) keys.push(signatures.keyPair(`node ${node}`));
  return keys;
}

const roots = new Map<Digest, Uint8Array>(); // of ledgers and their forgeries: few

export function signedBytes({ sender, version, evidence }: Omit<Envelope, 'signature'>): Uint8Array {
  let root = roots.get(evidence.root);
  if (root === undefined) roots.set(evidence.root, (root = text.encode(evidence.root)));
  const bytes = new Uint8Array(12 + root.length);
  for (let k = 0; k < 4; k++) {
    bytes[k] = sender >>> (8 * k);
    bytes[4 + k] = version >>> (8 * k);
    bytes[8 + k] = evidence.ledger >>> (8 * k);
  }
  bytes.set(root, 12);
  return bytes;
}

/** Bytes on the wire: signature, root, path, transaction, and three whole numbers. */
export const envelopeBytes = ({ signature, evidence: { proof, leaf } }: Envelope): number => signature.length + 32 * (1 + proof.length) + leaf.length + 12;

/** Keys of all nodes, the envelopes that were sent, and whether each is what it says. */
export class Post {
  readonly keys: readonly KeyPair[];
  readonly envelopes: Envelope[] = [];
  readonly #verified: boolean[] = []; // by envelope: the same bytes give the same answer
  readonly #proven = new Map<LedgerProof, boolean>();

  constructor(readonly signatures: Signatures, nodes: number) {
    this.keys = keysOf(signatures, nodes).slice(0, nodes);
  }

  /** Signed by the sender. @returns its number */
  write(sender: number, version: number, evidence: LedgerProof): number {
    const signature = this.signatures.sign(signedBytes({ sender, version, evidence }), this.keys[sender].secret);
    return this.post({ sender, version, evidence, signature });
  }

  /** As it is, honest or not. @returns its number */
  post(envelope: Envelope): number {
    return this.envelopes.push(envelope) - 1;
  }

  isGenuine(number: number): boolean {
    return (this.#verified[number] ??= this.#verify(this.envelopes[number]));
  }

  #verify({ signature, ...said }: Envelope): boolean {
    const key = this.keys[said.sender];
    return key !== undefined && this.#isProven(said.evidence) && this.signatures.verify(signature, signedBytes(said), key.publicKey);
  }

  #isProven(evidence: LedgerProof): boolean {
    const known = this.#proven.get(evidence);
    if (known !== undefined) return known;
    const { leaf, ledger, proof } = evidence;
    const expected = transaction(ledger);
    const isNamed = leaf.length === expected.length && leaf.every((byte, k) => byte === expected[k]);
    const isProven = isNamed && verifyInclusion(evidence, proof);
    this.#proven.set(evidence, isProven);
    return isProven;
  }
}
