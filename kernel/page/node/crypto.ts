// What the kernel uses of node:crypto.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of texts, as hexadecimal digits. */
export function createHash(): { update(text: string): ReturnType<typeof createHash>; digest(): string } {
  const hash = sha256.create();
  const self = {
    update: (text: string) => (hash.update(utf8ToBytes(text)), self),
    digest: () => bytesToHex(hash.digest()),
  };
  return self;
}

/** Also where the page's address is not https. */
export function randomUUID(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
