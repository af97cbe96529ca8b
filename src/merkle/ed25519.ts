// Real signatures: Ed25519 of RFC 8032, by @noble/curves.
import { ed25519 } from '@noble/curves/ed25519.js';
import { signatures, type SignatureCost, type Signatures } from './signature.js';

/**
 * Ed25519 by RFC 8032, section 5.1.7, in noble's strict mode (`zip215: false`): R and the public key are
 * canonical encodings, S is below L, keys of small order are refused, and the equation is the one with the
 * cofactor, [8][S]B = [8]R + [8][k]A. OpenSSL, ref10 and libsodium omit the factor 8, as the RFC permits, and
 * so refuse some signatures that only the owner of the key can make, on purpose; noble's default (ZIP 215)
 * also accepts encodings that are not canonical. Signing is deterministic.
 * A verification takes
 * about a millisecond of processor time; `verifyCost` is its cost in a simulation.
 *
 * @throws RangeError for a cost that is negative or not finite
 * @example
 * const { keyPair, sign, verify } = merkle.ed25519Signatures();
 * const ann = keyPair('Ann');
 * const message = new TextEncoder().encode('pay Bob 3');
 * verify(sign(message, ann.secret), message, ann.publicKey); // true
 */
export function ed25519Signatures(cost: Partial<SignatureCost> = {}): Signatures {
  return signatures(
    'ed25519Signatures',
    {
      name: 'ed25519',
      publicKeyOf: (secret) => ed25519.getPublicKey(secret),
      sign: (message, secret) => ed25519.sign(message, secret),
      verify: (signature, message, publicKey) => {
        try {
          return ed25519.verify(signature, message, publicKey, { zip215: false });
        } catch {
          return false; // not a point of the curve
        }
      },
    },
    cost,
  );
}
