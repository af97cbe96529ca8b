// chi (x) phi: the Kronecker form, and its energy beside the product form (EMTD-1.5).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { fieldFrom, normalField, randomAngles } from '../../src/fields/initial.js';
import { phaseField } from '../../src/fields/phase.js';
import { kronecker, productSquaredDistance, siteSquaredDistance } from '../../src/fields/product.js';

const states = fc.record({
  sites: fc.integer({ min: 2, max: 5 }),
  components: fc.integer({ min: 1, max: 4 }),
  chains: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer({ min: 0, max: 999 }),
});

test('components are chi_k phi, re and im interleaved', () => {
  const chi = fieldFrom([
    [2, 3],
    [1, 0],
  ]);
  const phi = fieldFrom(
    [
      [0, 1],
      [4, 5],
    ],
    { codomain: 'complex' },
  );
  const tensor = kronecker({ chi, phi });
  assert.deepEqual([...tensor.values], [0, 2, 0, 3, 4, 5, 0, 0]);
  assert.deepEqual([tensor.codomain, tensor.components], ['complex', 4]);
  assert.throws(() => kronecker({ chi: phi, phi }), /kronecker: chi: field must be real, got complex/);
  assert.throws(() => kronecker({ chi: fieldFrom([1]), phi }), /phi: field must have 1 site, got 2/);
});

test('|chi (x) phi| = |chi| |phi|', () => {
  fc.assert(
    fc.property(states, ({ sites, components, chains, seed }) => {
      const chi = normalField({ sites, components, chains, seed });
      const phi = normalField({ sites, components: 2, chains, seed: seed + 1, codomain: 'complex' });
      const tensor = kronecker({ chi, phi });
      const norm = (field: typeof chi, site: number, chain: number): number => {
        let sum = 0;
        for (let k = 0; k < field.components; k++) sum += field.at(site, k, chain) ** 2;
        return Math.sqrt(sum);
      };
      for (let i = 0; i < sites; i++)
        for (let c = 0; c < chains; c++) {
          const expected = norm(chi, i, c) * norm(phi, i, c);
          assert.ok(Math.abs(norm(tensor, i, c) - expected) < 1e-6 * (1 + expected));
        }
    }),
  );
});

test('with |phi| = 1 both forms have one energy; with other amplitudes the stated difference', () => {
  fc.assert(
    fc.property(states, fc.boolean(), ({ sites, components, chains, seed }, unit) => {
      const chi = normalField({ sites, components, chains, seed });
      const angles = randomAngles({ sites, chains, seed });
      const sizes = normalField({ sites, chains, seed: seed + 1, mean: 1, deviation: 0.5 });
      const phi = phaseField(angles, unit ? undefined : sizes);
      const tensor = kronecker({ chi, phi });
      const r2 = (i: number, c: number) => phi.at(i, 0, c) ** 2 + phi.at(i, 1, c) ** 2;
      for (let c = 0; c < chains; c++) {
        for (let a = 0; a < sites; a++)
          for (let b = 0; b < a; b++) {
            const product = productSquaredDistance({ chi, phi }, a, b, c);
            const difference = siteSquaredDistance(tensor, a, b, c) - product;
            let expected = 0;
            let scale = Math.abs(product);
            for (let k = 0; k < components; k++) {
              const [x, y] = [chi.at(a, k, c), chi.at(b, k, c)];
              scale += x * x + y * y;
              if (!unit) expected += (r2(a, c) - 1) * x * (x - y) + (r2(b, c) - 1) * y * (y - x);
            }
            assert.ok(Math.abs(difference - expected) < 1e-5 * scale, `${difference} is not ${expected}`);
          }
      }
    }),
  );
});

test('reputation rescales disagreement: half the trust, a quarter of the energy', () => {
  const chi = fieldFrom([
    [1, 0],
    [0, 1],
  ]);
  const phi = fieldFrom(
    [
      [0.5, 0],
      [0.5, 0],
    ],
    { codomain: 'complex' },
  );
  assert.equal(productSquaredDistance({ chi, phi }, 0, 1), 2);
  assert.equal(siteSquaredDistance(kronecker({ chi, phi }), 0, 1), 0.5);
});
