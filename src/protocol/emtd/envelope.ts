// The message of the protocol: "my ledger ends in this transaction", signed, with the proof that the
// transaction is in the ledger of the given root.
//   signed bytes = sender || version || ledger || root        proof: RFC 6962 path from the transaction to
// the root
// A version counts the changes of its sender, so that a receiver keeps the newest message of a peer: a merge
// by maximum, which does not depend on the order or the repeats of messages. An envelope that does not verify
// costs an infinite energy: it is refused at once. Sources: EMTD 3.1, phase II ("Verify Sig & Merkle"); row
// EMTD-3.2; RFC 6962, section 2.1.1.
import {
  type Digest,
  inclusionProof,
  type InclusionClaim,
  type KeyPair,
  merkleRoot,
  type Signatures,
  verifyInclusion,
} from '../../merkle/index.js';
import { got } from '../../numerics/check.js';

/** That a ledger, by number, ends in a transaction. */
export interface LedgerProof extends InclusionClaim {
  readonly ledger: number;
  readonly proof: readonly Digest[];
}

/** A signed message: the sender's version, with the proof of its ledger. */
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

/**
 * The ledger of a candidate number: seven transactions that all ledgers share, then one of its own. The same
 * object every time.
 */
export function evidenceOf(ledger: number): LedgerProof {
  const leaves = [...common, transaction(ledger)];
  return (proofs[ledger] ??= {
    ledger,
    leaf: leaves[7],
    index: 7,
    size: 8,
    root: merkleRoot(leaves),
    proof: inclusionProof(leaves, 7),
  });
}

const keyRings = new WeakMap<Signatures, KeyPair[]>();

/** The keys of nodes 0, 1, ... under a scheme: made once. */
function keysOf(signatures: Signatures, nodeCount: number): readonly KeyPair[] {
  const keys = keyRings.get(signatures) ?? [];
  keyRings.set(signatures, keys);
  for (let node = keys.length; node < nodeCount; node++) keys.push(signatures.keyPair(`node ${node}`));
  return keys.slice(0, nodeCount);
}

const roots = new Map<Digest, Uint8Array>(); // of ledgers and their forgeries: few

export function signedBytes({ sender, version, evidence }: Omit<Envelope, 'signature'>): Uint8Array {
  let root = roots.get(evidence.root);
  if (root === undefined) roots.set(evidence.root, (root = text.encode(evidence.root)));
  const bytes = new Uint8Array(12 + root.length);
  const view = new DataView(bytes.buffer);
  [sender, version, evidence.ledger].forEach((number, k) => view.setUint32(4 * k, number, true));
  bytes.set(root, 12);
  return bytes;
}

/** Bytes on the wire: signature, root, path, transaction, and three whole numbers. */
export const envelopeBytes = ({ signature, evidence: { proof, leaf } }: Envelope): number =>
  signature.length + 32 * (1 + proof.length) + leaf.length + 12;

/** Whether a forgery has the parts that its size on the wire needs; they may hold anything. */
const isEnvelope = ({ signature, evidence }: Partial<Envelope>): boolean =>
  signature instanceof Uint8Array &&
  evidence?.leaf instanceof Uint8Array &&
  Array.isArray(evidence.proof) &&
  typeof evidence.root === 'string';

/** Keys of all nodes, all envelopes sent, and whether each is genuine. */
export class Post {
  readonly keys: readonly KeyPair[];
  readonly envelopes: Envelope[] = [];
  readonly #verified: boolean[] = []; // by envelope: the same bytes give the same answer
  readonly #proven = new Map<LedgerProof, boolean>();

  constructor(
    readonly signatures: Signatures,
    nodeCount: number,
  ) {
    this.keys = keysOf(signatures, nodeCount);
  }

  /** Signed by the sender. @returns its number */
  write(sender: number, version: number, evidence: LedgerProof): number {
    const signature = this.signatures.sign(
      signedBytes({ sender, version, evidence }),
      this.keys[sender].secret,
    );
    return this.post({ sender, version, evidence, signature });
  }

  /**
   * As it is, honest or not. @returns its number @throws TypeError unless it has the parts of an envelope
   */
  post(envelope: Envelope): number {
    if (!isEnvelope(envelope ?? {})) {
      throw new TypeError(
        `Emtd: an adversary must forge envelopes of bytes and a proof, got ${got(envelope)}`,
      );
    }
    return this.envelopes.push(envelope) - 1;
  }

  isGenuine(number: number): boolean {
    return (this.#verified[number] ??= this.#verify(this.envelopes[number]));
  }

  #verify({ signature, ...said }: Envelope): boolean {
    const key = this.keys[said.sender];
    return (
      key !== undefined &&
      this.#isProven(said.evidence) &&
      this.signatures.verify(signature, signedBytes(said), key.publicKey)
    );
  }

  #isProven(evidence: LedgerProof): boolean {
    const known = this.#proven.get(evidence);
    if (known !== undefined) return known;
    const expected = transaction(evidence.ledger);
    const isNamed =
      evidence.leaf.length === expected.length && evidence.leaf.every((byte, k) => byte === expected[k]);
    const isProven = isNamed && verifyInclusion(evidence, evidence.proof);
    this.#proven.set(evidence, isProven);
    return isProven;
  }
}
