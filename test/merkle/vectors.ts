// The published vectors of certificate transparency: roots for 0 to 8 leaves, audit paths, consistency.
import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';

interface Vectors {
  readonly leaves: string[];
  readonly roots: string[];
  readonly inclusion: { index: number; size: number; path: string[] }[];
  readonly consistency: { first: number; second: number; proof: string[] }[];
}

const fixture = new URL('../../../test/fixtures/rfc6962.json', import.meta.url);

export const vectors: Vectors = JSON.parse(readFileSync(fixture, 'utf8'));
export const leaves: readonly Uint8Array[] = vectors.leaves.map((hex) => hexToBytes(hex));
