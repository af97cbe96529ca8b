// Forged messages: none is accepted, whatever was tampered with, under real signatures and under the model of
// them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ed25519Signatures, modelSignatures, type Signatures } from '../../src/merkle/index.js';
import { forgeries } from '../../src/protocol/index.js';
import { evidenceOf, Post } from '../../src/protocol/emtd/envelope.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const schemes: Record<string, Signatures> = { ed25519: ed25519Signatures(), model: modelSignatures() };

for (const [name, signatures] of Object.entries(schemes)) {
  test(`what is genuine verifies, and every way of tampering is noticed: ${name}`, () => {
    const post = new Post(signatures, 5);
    const genuine = post.write(3, 1, evidenceOf(0));
    assert.ok(post.isGenuine(genuine));
    const random = uniformGenerator(1);
    for (const [way, tamper] of Object.entries(forgeries)) {
      for (const ledger of [0, 1]) {
        for (let k = 0; k < 5; k++)
          assert.ok(!post.isGenuine(post.post(tamper(post.envelopes[genuine], random, ledger))), way);
      }
    }
    assert.ok(!post.isGenuine(post.post({ ...post.envelopes[genuine], sender: 5 })), 'of nobody');
    assert.ok(
      !post.isGenuine(post.write(3, 2, { ...evidenceOf(0), ledger: 1 })),
      'a ledger that its transaction does not name, signed by its sender',
    );
    assert.ok(post.isGenuine(post.post({ ...post.envelopes[genuine] })), 'a copy');
  });
}
