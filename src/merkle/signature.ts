// Digital signatures behind one interface, real (ed25519) or as a cost model of the same shape.
//   verify(sign(m, sk), m, pk) = true for a pair (sk, pk), and false for any signature that `sign` with sk on
// m did not make
// Both give 32-byte keys and 64-byte signatures, so that a message has the same length on the wire. Costs are
// seconds of simulated time per call; they are parameters, never measured while running, so that a simulation
// repeats on any machine. Sources: RFC 8032 (Ed25519); EMTD 3.1, phase II ("Verify Sig & Merkle").
import { card, type Facts, formatNumber, showAs } from '../display/index.js';
import { byDefault, type OptionsOf, readOptions } from '../numerics/options.js';
import { nonNegative } from '../numerics/rules.js';
import type { Seed } from '../randomness/index.js';
import { describe } from './digestText.js';
import { hashBytes, isBytes } from './hash.js';

/** A secret key with its public key. */
export interface KeyPair {
  /** [32] bytes that only the owner knows. */
  readonly secret: Uint8Array;
  /** [32] bytes that name the owner. */
  readonly publicKey: Uint8Array;
}

const costOptions = {
  /** Seconds to sign a message; 0 by default. */
  signCost: byDefault(0, nonNegative),
  /** Seconds to verify a signature; 0 by default. */
  verifyCost: byDefault(0, nonNegative),
};

/**
 * Seconds of simulated time per call. Ed25519 as first published took 36.5e-6 to sign and 113.9e-6 to verify,
 * on a Westmere core at 2.4 GHz: Bernstein, Duif, Lange, Schwabe, Yang, J. Cryptogr. Eng. 2 (2012) 77,
 * doi:10.1007/s13389-012-0027-1.
 */
export type SignatureCost = Required<OptionsOf<typeof costOptions>>;

/** A scheme of signatures, with its costs. */
export interface Signatures extends SignatureCost {
  readonly name: 'ed25519' | 'model';
  /**
   * The key pair of a seed: the same seed gives the same pair. Whoever knows the seed knows the secret.
   * @throws TypeError for a seed that is neither a number nor a text
   */
  keyPair(seed: Seed): KeyPair;
  /**
   * [64] bytes.
   * @throws TypeError for a message that is not bytes, or a secret that is not 32 bytes
   */
  sign(message: Uint8Array, secret: Uint8Array): Uint8Array;
  /**
   * Whether the owner of the public key signed the message. All three are untrusted: a malformed one gives
   * false, not an error.
   */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

const costs = ({ signCost, verifyCost }: SignatureCost): Facts => ({
  'to sign': `${formatNumber(1e6 * signCost)} us`,
  'to verify': `${formatNumber(1e6 * verifyCost)} us`,
});

const signaturesCard = (scheme: Signatures) =>
  card(scheme.name === 'model' ? 'signatures, a cost model' : `${scheme.name} signatures`, costs(scheme));

const keyBytes = 32;
export const signatureBytes = 64;

/** A scheme whose arguments are bytes of the right length. */
interface Scheme extends Pick<Signatures, 'name' | 'sign' | 'verify'> {
  publicKeyOf(secret: Uint8Array): Uint8Array;
}

/**
 * The scheme with the checks of its arguments.
 * @throws RangeError for a cost that is negative or not finite
 */
export function signatures(
  caller: string,
  { name, publicKeyOf, sign, verify }: Scheme,
  cost: Partial<SignatureCost>,
): Signatures {
  const { signCost, verifyCost } = readOptions(caller, cost, costOptions);
  return showAs<Signatures>(
    {
      name,
      signCost,
      verifyCost,
      keyPair: (seed) => {
        if (typeof seed !== 'number' && typeof seed !== 'string') {
          throw new TypeError(`keyPair: seed must be a number or a text, got ${describe(seed)}`);
        }
        const secret = hashBytes(new TextEncoder().encode(`emtd-lab signature key, ${typeof seed} ${seed}`));
        return { secret, publicKey: publicKeyOf(secret) };
      },
      sign: (message, secret) => {
        if (!isBytes(message))
          throw new TypeError(`sign: message must be a Uint8Array, got ${describe(message)}`);
        if (isBytes(secret, keyBytes)) return sign(message, secret);
        throw new TypeError(
          `sign: secret must be a Uint8Array of ${keyBytes} bytes, got ${describe(secret)}`,
        );
      },
      verify: (signature, message, publicKey) =>
        isBytes(signature, signatureBytes) &&
        isBytes(message) &&
        isBytes(publicKey, keyBytes) &&
        verify(signature, message, publicKey),
    },
    signaturesCard,
  );
}
