// Real signatures: Ed25519 of RFC 8032, by @noble/curves.
import { ed25519 } from '@noble/curves/ed25519.js';
import { isBytes } from './hash.js';
import { keyBytes, requireSignable, secretOf, signatureBytes, signatures, type SignatureCost, type Signatures } from './signature.js';

/**
 * Ed25519 as RFC 8032 has it (no cofactor relaxations: encodings are canonical, keys of small order sign nothing). Signing
 * is deterministic. A verification takes the processor about a millisecond; `verifyCost` is what a simulation charges for it.
 *
 * @throws RangeError for a cost that is negative or not finite
 * @example
 * const { keyPair, sign, verify } = ed25519Signatures();
 * const ada = keyPair('Ada');
 * verify(sign(message, ada.secret), message, ada.publicKey); // true
 */
export function ed25519Signatures(cost: Partial<SignatureCost> = {}): Signatures {
  return signatures('ed25519Signatures', {
    name: 'ed25519',
    keyPair: (seed) => {
      const secret = secretOf(seed);
      return { secret, publicKey: ed25519.getPublicKey(secret) };
    },
    sign: (message, secret) => {
      requireSignable(message, secret);
      return ed25519.sign(message, secret);
    },
    verify: (signature, message, publicKey) => {
      if (!isBytes(signature, signatureBytes) || !isBytes(message) || !isBytes(publicKey, keyBytes)) return false;
      try {
        return ed25519.verify(signature, message, publicKey, { zip215: false });
      } catch {
        return false; // not a point of the curve
      }
    },
  }, cost);
}
