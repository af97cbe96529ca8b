// The two hashes of a Merkle tree; they differ in a first byte, so that no leaf can pass as an inner node.
//   leaf: SHA-256(0x00 || entry)        node: SHA-256(0x01 || left || right)
// Source: RFC 6962, section 2.1. Bytes inside the room; lower-case hex (`Digest`) on its surface.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';

/** A SHA-256 hash as 64 lower-case hexadecimal digits: compares with `===` and serves as a map key. */
export type Digest = string;

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

export const hashEmpty = (): Uint8Array => sha256(new Uint8Array());

export const hashLeaf = (entry: Uint8Array): Uint8Array => sha256(concatBytes(leafPrefix, entry));

export const hashNode = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concatBytes(nodePrefix, left, right));

/** SHA-256 of the bytes themselves, without a prefix, for content identifiers and keys. */
export const hashBytes = (bytes: Uint8Array): Uint8Array => sha256(bytes);

export const toDigest = (hash: Uint8Array): Digest => bytesToHex(hash);

export const isDigest = (value: unknown): value is Digest =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** Refuses a list with holes, and one longer than any proof of a tree of 2^53 entries. */
export const isProof = (value: unknown): value is readonly Digest[] =>
  Array.isArray(value) && value.length <= 54 && Array.from(value).every(isDigest);

export const toBytes = (digest: Digest): Uint8Array => hexToBytes(digest);

/** Whether the value is bytes, of that length if one is given. */
export const isBytes = (value: unknown, length?: number): value is Uint8Array =>
  value instanceof Uint8Array && (length === undefined || value.length === length);
