// Forged messages in a network, many of them: none is accepted, under real signatures and under the model of
// them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { smallWorld } from '../../src/graphs/index.js';
import { ed25519Signatures, modelSignatures } from '../../src/merkle/index.js';
import { drawMembers, Emtd, forgers, Network } from '../../src/protocol/index.js';
import { long, seedOf } from './scale.js';

const graph = smallWorld(100, 4, 0.2, { seed: 1 });
const ising = hamiltonian(graph, [bond((a, b) => a.dot(b).neg())]);

for (const [signatures, wanted] of [
  [modelSignatures(), long(1e6, 3e4)],
  [ed25519Signatures(), long(1e4, 300)],
] as const) {
  test(`of ${wanted} forged messages in a network none is accepted: ${signatures.name}`, async () => {
    const members = drawMembers(100, 50, 2);
    const protocol = new Emtd(ising, {
      values: [-1, 1],
      initial: new Array<number>(100).fill(0),
      temperature: 1,
      signatures,
      adversary: forgers(members, 1),
    });
    const net = new Network(protocol, {
      nodeCount: 100,
      seed: seedOf('forgeries'),
      clock: Float64Array.from(members, (member) => (member === 1 ? 1 : 0.01)),
    });
    while (protocol.forgeries.received < wanted) await net.run({ time: net.now + wanted / 50 });
    assert.equal(protocol.forgeries.accepted, 0);
    assert.equal(protocol.holders[1], 0, 'nobody took over the ledger of the forgers');
  });
}
