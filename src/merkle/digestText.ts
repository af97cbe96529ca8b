// Blocks, hashes and untrusted values as short texts.
import { countText, tableBundle } from '../display/index.js';
import type { Digest } from './hash.js';

/** @example shortDigest(merkle.blockSet([]).root) // 'e3b0c44298fc…' */
export const shortDigest = (digest: Digest): string => `${digest.slice(0, 12)}…`;

/** The hashes of a proof in order. */
export const proofTable = (caption: string) => (proof: readonly Digest[]) =>
  tableBundle({
    caption: `${caption}: ${countText(proof.length, 'hash', 'hashes')}`,
    head: ['', 'hash'],
    rows: proof.map((hash, k) => [String(k), hash]),
  });

/** The first of many identifiers, by their last digits, since the first digits are all alike. */
export const few = (cids: readonly string[]): string | undefined => {
  const more = cids.length > 3 ? ` and ${cids.length - 3} more` : '';
  return cids.length === 0
    ? undefined
    : `${cids
        .slice(0, 3)
        .map((cid) => `…${cid.slice(-8)}`)
        .join(' ')}${more}`;
};

/** An untrusted value in the words of an error: never longer than a line, never an error itself. */
export function describe(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return 'an object';
}

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
