// The Landauer ledger: the bound of O35, prices as their sources state them, counts of a run against its own
// records.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flip, heatBath, metropolis, sample } from '../../src/dynamics/index.js';
import { complete } from '../../src/graphs/index.js';
import {
  boundPrices,
  countOverwrites,
  devicePrices,
  landauerBound,
  landauerLedger,
} from '../../src/measure/index.js';
import { isingEnergy } from './isingDraws.js';

const near = (actual: number, expected: number, relative = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

test('O35: k_B T ln 2 at 300 K, and 256 bits of it', () => {
  near(landauerBound(300), 2.870979e-21);
  near(boundPrices(devicePrices, 300)['hashes'].joules, 7.35e-19, 1e-3);
  near(landauerBound(600), 2 * landauerBound(300), 1e-15);
});

test('every price names its source and its year, and none is below the bound', () => {
  for (const [name, { joules, bits, source, year }] of Object.entries(devicePrices)) {
    assert.ok(joules > bits * landauerBound(300), name);
    assert.ok(source.length > 20 && year >= 2010 && year <= 2026, name);
  }
  near(devicePrices['bytes'].joules, 2.16e-4); // 0.06 kWh/GB
  near(devicePrices['bits'].joules, 1.5625e-13);
});

test('EMTD-A.6: a hash of a mining chip stands 7.4 decades above the bound', () => {
  near(Math.log10(landauerLedger({ hashes: 1000 }).ratio), 7.4346, 1e-4);
});

test('a ledger is the sum of its items, in proportion to the counts, and 1 at the bound', () => {
  const counts = { bits: 3e9, hashes: 50, bytes: 2000 };
  const ledger = landauerLedger(counts);
  near(ledger.joules, 3e9 * 1.5625e-13 + 50 * 2e-11 + 2000 * 2.16e-4, 1e-12);
  near(ledger.bound, (3e9 + 50 * 256 + 2000 * 8) * landauerBound(300), 1e-12);
  near(ledger.ratio, ledger.joules / ledger.bound, 1e-15);
  assert.equal(ledger.items.length, 3);
  near(landauerLedger(counts, { prices: boundPrices(devicePrices, 77), kelvin: 77 }).ratio, 1, 1e-12);
  near(
    landauerLedger(
      { tubes: 2 },
      { prices: { tubes: { joules: 1e-5, bits: 10, source: 'one of my own', year: 1950 } } },
    ).joules,
    2e-5,
    1e-15,
  );
  assert.ok(Number.isNaN(landauerLedger({}).ratio));
  assert.throws(
    () => landauerLedger({ flops: 1 }),
    /no price for "flops"; the table has bits, hashes, bytes/,
  );
  assert.throws(() => landauerLedger({ toString: 1 }), /no price for "toString"/);
  assert.throws(
    () => landauerLedger({ bits: -1 }),
    /the count of bits must be finite and not negative, got -1/,
  );
});

test('overwrites of a run: what its records show, and all attempts in all', async () => {
  const energy = isingEnergy(complete(5));
  const samples = await sample(metropolis(energy, { temperature: 6, proposal: flip, order: 'sequential' }), {
    chains: 4,
    steps: 300,
    seed: 1,
  });
  let changed = 0; // in order each spin is tried once a sweep: what differs was overwritten
  samples.states
    .slice(1)
    .forEach((state, r) => state.forEach((s, at) => (changed += s === samples.states[r][at] ? 0 : 1)));
  const { accepted, bits, discarded } = countOverwrites(samples);
  assert.ok(accepted - changed >= 0 && accepted - changed <= 20, `${accepted} of which ${changed} seen`); // the first sweep has no record before it
  assert.equal(accepted + discarded, 4 * 300 * 5);
  assert.equal(bits, accepted);
  assert.equal(countOverwrites(samples, 2).bits, 2 * accepted);
  const cold = await sample(heatBath(energy, { temperature: 0.05 }), {
    chains: 4,
    burnIn: 100,
    steps: 100,
    seed: 1,
  });
  assert.ok(countOverwrites(cold).accepted < 40);
  assert.throws(() => countOverwrites({ ...samples, acceptance: undefined }), /must count accepted moves/);
});
