// Ideal signatures, for simulations of many messages: the ideal functionality, a book of who signed what.
//   sign(m, sk): line k of the book becomes (pk, m); the signature is the number k in 64 bytes
//   verify(s, m, pk): line s of the book is (pk, m)
// Only `sign` with the secret of pk writes into the book, and a verification compares whole keys and whole
// messages, so a message that was not signed is accepted with probability 0, not with a small one. A copied
// or guessed number gives what its signer already said, as a copied real signature does. Source: Canetti,
// CSFW 2004, doi:10.1109/CSFW.2004.1310743.
import { ByteBook } from './byteBook.js';
import { hashBytes } from './hash.js';
import { signatureBytes, signatures, type SignatureCost, type Signatures } from './signature.js';

const numberBytes = 6;

/**
 * The cost model: the same interface as `ed25519Signatures`, at one hash per signature and one comparison per
 * verification. Each call of this function opens a new book, which keeps 32 bytes, a number and the message
 * per signature.
 *
 * @throws RangeError for a cost that is negative or not finite
 * @example
 * const { keyPair, sign, verify, verifyCost } = merkle.modelSignatures({ verifyCost: 1.139e-4 });
 * const ann = keyPair('Ann');
 * const message = new TextEncoder().encode('pay Bob 3');
 * verify(sign(message, ann.secret), message, ann.publicKey); // true
 * verifyCost; // 0.0001139
 */
export function modelSignatures(cost: Partial<SignatureCost> = {}): Signatures {
  const book = new ByteBook();
  return signatures(
    'modelSignatures',
    {
      name: 'model',
      publicKeyOf: hashBytes,
      sign: (message, secret) => encode(book.add(hashBytes(secret), message)),
      verify: (signature, message, publicKey) => book.holds(decode(signature), publicKey, message),
    },
    cost,
  );
}

/** A number in the first six bytes, lowest first, of 64. */
function encode(line: number): Uint8Array {
  const signature = new Uint8Array(signatureBytes);
  for (let k = 0, rest = line; k < numberBytes; k++, rest = Math.floor(rest / 256)) signature[k] = rest % 256;
  return signature;
}

/** The number in a signature; 0, the number of no line, if the other bytes are not all zero. */
function decode(signature: Uint8Array): number {
  for (let k = numberBytes; k < signatureBytes; k++) if (signature[k] !== 0) return 0;
  let line = 0;
  for (let k = numberBytes - 1; k >= 0; k--) line = 256 * line + signature[k];
  return line;
}
