import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createPublicKey, verify as peerVerify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { fc } from '../property.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { ed25519Signatures, modelSignatures, type Signatures } from '../../src/merkle/index.js';

const schemes: readonly Signatures[] = [ed25519Signatures(), modelSignatures()];
const text = (words: string) => new TextEncoder().encode(words);
const same = (a: unknown, b: Uint8Array) => a instanceof Uint8Array && a.join() === b.join();
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

/** RFC 8032, section 7.1, tests 1 to 3: secret, public key, message, signature. */
const published = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
].map((hex) => hex.map(hexToBytes));

test('ed25519 signs and verifies as RFC 8032 publishes', () => {
  const { sign, verify } = ed25519Signatures();
  for (const [secret, publicKey, message, signature] of published) {
    assert.deepEqual(sign(message, secret), signature);
    assert.ok(verify(signature, message, publicKey));
  }
});

for (const scheme of schemes) {
  const { keyPair, sign, verify, name } = scheme;
  const [ada, bob] = [keyPair('Ada'), keyPair('Bob')];
  const message = text('two tokens from Ada to Bob');
  const signature = sign(message, ada.secret);

  test(`${name}: keys of 32 bytes, signatures of 64, and the same seed makes the same keys`, () => {
    assert.equal(ada.publicKey.length, 32);
    assert.equal(ada.secret.length, 32);
    assert.equal(signature.length, 64);
    assert.deepEqual(keyPair('Ada'), ada);
    const seeds = ['1', 1, 2, 'Ada', ''];
    assert.equal(new Set(seeds.map((seed) => keyPair(seed).publicKey.join())).size, seeds.length);
  });

  test(`${name}: what was signed verifies, again and as a copy; no other key, message or signature does`, () => {
    assert.ok(verify(signature, message, ada.publicKey));
    assert.ok(verify(Uint8Array.from(signature), Uint8Array.from(message), Uint8Array.from(ada.publicKey)));
    assert.equal(verify(signature, message, bob.publicKey), false);
    assert.equal(verify(sign(message, bob.secret), message, ada.publicKey), false);
    assert.equal(verify(sign(text('another'), ada.secret), message, ada.publicKey), false);
    for (const longer of [[...message, 0], [0, ...message], message.slice(1), []]) {
      assert.equal(verify(signature, Uint8Array.from(longer), ada.publicKey), false);
    }
  });

  test(`${name}: every flipped bit of signature, message and key is noticed`, () => {
    const every = name === 'model' ? 1 : 7; // real verifications are slow
    for (let bit = 0; bit < 512; bit += every)
      assert.equal(verify(flipped(signature, bit), message, ada.publicKey), false, `signature, bit ${bit}`);
    for (let bit = 0; bit < 256; bit += every)
      assert.equal(verify(signature, message, flipped(ada.publicKey, bit)), false, `key, bit ${bit}`);
    for (let bit = 0; bit < 8 * message.length; bit += every)
      assert.equal(verify(signature, flipped(message, bit), ada.publicKey), false, `message, bit ${bit}`);
  });

  test(`${name}: a message changed after it was signed does not verify`, () => {
    const mine = text('two tokens from Ada to Bob');
    const signed = sign(mine, ada.secret);
    mine[0] ^= 1;
    assert.equal(verify(signed, mine, ada.publicKey), false);
    mine[0] ^= 1;
    assert.ok(verify(signed, mine, ada.publicKey));
  });

  test(`${name}: whatever a stranger sends is false and never an error`, () => {
    const pool = [
      signature,
      message,
      ada.publicKey,
      ada.secret,
      new Uint8Array(64),
      new Uint8Array(32),
      new Uint8Array(64).fill(255),
      new Uint8Array(32).fill(255),
    ];
    const anything = fc.oneof(
      fc.anything(),
      fc.constantFrom(...pool),
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
    ) as fc.Arbitrary<Uint8Array>;
    fc.assert(
      fc.property(anything, anything, anything, (s, m, key) => {
        assert.equal(verify(s, m, key), same(s, signature) && same(m, message) && same(key, ada.publicKey));
      }),
      { seed: 1, numRuns: name === 'model' ? 2000 : 200 },
    );
  });

  test(`${name}: own mistakes are refused by name`, () => {
    assert.throws(() => sign('m' as unknown as Uint8Array, ada.secret), {
      name: 'TypeError',
      message: 'sign: message must be a Uint8Array, got "m"',
    });
    assert.throws(() => sign(message, ada.secret.slice(1)), {
      name: 'TypeError',
      message: 'sign: secret must be a Uint8Array of 32 bytes, got 31 bytes',
    });
    assert.throws(() => keyPair(Object.create(null) as number), {
      name: 'TypeError',
      message: 'keyPair: seed must be a number or a text, got an object',
    });
  });
}

test('a key whose owner could sign everything at once, the neutral element, is no key', () => {
  const neutral = Uint8Array.from([1, ...new Uint8Array(31)]);
  const everything = Uint8Array.from([...neutral, ...new Uint8Array(32)]); // R = neutral, S = 0
  assert.equal(ed25519Signatures().verify(everything, text('whatever'), neutral), false);
});

test('the model accepts none of a million guesses among 1000 signatures, and all that were signed', () => {
  const { keyPair, sign, verify } = modelSignatures();
  const owners = Array.from({ length: 10 }, (_, k) => keyPair(k));
  const messages = Array.from({ length: 1000 }, (_, k) => text(`message ${k}`));
  const signed = messages.map((message, k) => sign(message, owners[k % 10].secret));
  assert.ok(messages.every((message, k) => verify(signed[k], message, owners[k % 10].publicKey)));
  let accepted = 0;
  for (let k = 0; k < 1000; k++) {
    const forged = text(`forged ${k}`);
    for (const guess of signed) if (verify(guess, forged, owners[k % 10].publicKey)) accepted++;
  }
  assert.equal(accepted, 0);
});

test('a message is neither its beginning nor its continuation, also at the end of the book', () => {
  const { keyPair, sign, verify } = modelSignatures();
  const { secret, publicKey } = keyPair(1);
  const last = sign(Uint8Array.of(7, 0), secret);
  for (const other of [[7], [7, 0, 0], []])
    assert.equal(verify(last, Uint8Array.from(other), publicKey), false);
});

test('the model keeps a message of any length, also one longer than all before it', () => {
  const { keyPair, sign, verify } = modelSignatures();
  const ann = keyPair('Ann');
  for (const length of [1, 100_000, 3, 2_000_000]) {
    const message = new Uint8Array(length).fill(7);
    const signature = sign(message, ann.secret);
    assert.ok(verify(signature, message, ann.publicKey));
    assert.ok(!verify(signature, message.with(length - 1, 8), ann.publicKey));
  }
});

test('two books are two worlds: what one signed the other has not seen', () => {
  const [here, there] = [modelSignatures(), modelSignatures()];
  const ada = here.keyPair('Ada');
  there.sign(text('hello'), there.keyPair('Bob').secret);
  assert.equal(there.verify(here.sign(text('hello'), ada.secret), text('hello'), ada.publicKey), false);
});

test('costs are the told ones: none by default, and never negative', () => {
  for (const make of [ed25519Signatures, modelSignatures]) {
    assert.deepEqual([make().signCost, make().verifyCost], [0, 0]);
    const { signCost, verifyCost } = make({ signCost: 36.5e-6, verifyCost: 113.9e-6 });
    assert.deepEqual([signCost, verifyCost], [36.5e-6, 113.9e-6]);
    assert.throws(() => make({ verifyCost: -1 }), {
      name: 'RangeError',
      message: `${make.name}: verifyCost must be finite and not negative, got -1`,
    });
  }
});

test('ed25519 verifies by RFC 8032: the equation times the cofactor, but no encoding that is not canonical and no key of small order', () => {
  const { verify } = ed25519Signatures();
  const { Point } = ed25519;
  const order = Point.Fn.ORDER;
  const torsion = Point.fromBytes(
    hexToBytes('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
  ); // of order 8
  const message = text('two tokens from Ada to Bob');
  const number = (bytes: Uint8Array): bigint =>
    bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const bytesOf = (x: bigint): Uint8Array =>
    Uint8Array.from({ length: 32 }, (_, k) => Number((x >> BigInt(8 * k)) & 255n));
  const [a, r] = [12345n, 67890n];
  const key = Point.BASE.multiply(a).toBytes();
  const signed = (R: Uint8Array, A: Uint8Array, add = 0n): Uint8Array => {
    const k = number(sha512(Uint8Array.from([...R, ...A, ...message]))) % order;
    return Uint8Array.from([...R, ...bytesOf(((r + k * a) % order) + add)]);
  };
  const peer = (signature: Uint8Array, A: Uint8Array): boolean => {
    const raw = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(A).toString('base64url') };
    return peerVerify(null, message, createPublicKey({ key: raw, format: 'jwk' }), signature);
  };
  const plain = signed(Point.BASE.multiply(r).toBytes(), key);
  assert.ok(verify(plain, message, key) && peer(plain, key));
  const twisted = signed(Point.BASE.multiply(r).add(torsion).toBytes(), key); // [S]B and R + [k]A differ by a point of order 8
  assert.ok(verify(twisted, message, key), 'the equation of RFC 8032 5.1.7, with its factor 8');
  assert.equal(peer(twisted, key), false, 'OpenSSL, which verifies without the factor, as the RFC permits');
  assert.equal(
    verify(signed(Point.BASE.multiply(r).toBytes(), key, order), message, key),
    false,
    'S of L and above',
  );
  const small = torsion.toBytes();
  assert.equal(
    verify(signed(Point.BASE.multiply(r).toBytes(), small), message, small),
    false,
    'a key of small order',
  );
  const notCanonical = bytesOf(2n ** 255n - 19n + 1n); // y = p + 1, for the point y = 1
  const S = signed(notCanonical, key);
  const k = number(sha512(Uint8Array.from([...notCanonical, ...key, ...message]))) % order;
  S.set(bytesOf((k * a) % order), 32);
  assert.ok(ed25519.verify(S, message, key), 'ZIP 215 takes it');
  assert.equal(verify(S, message, key), false, 'an R that is not canonical');
});
