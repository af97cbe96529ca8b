// Fronts: the closed form at its minimum, its continuum and steep limits; simulated ones on a long line,
// whose speed approaches it from below as theory says; and diffusion without growth, which has a width of
// sqrt(2 D t) and no front.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bond, hamiltonian, type Hamiltonian, site } from '../../src/energies/index.js';
import { latticeFront } from '../../src/exact/index.js';
import { grid, ring } from '../../src/graphs/index.js';

const near = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);
const diffusion = (D: number) =>
  bond((a, b) =>
    a
      .sub(b)
      .squaredNorm()
      .mul(D / 2),
  );
const growth = (r: number) =>
  site((x) =>
    x
      .squaredNorm()
      .mul(-r / 2)
      .add(
        x
          .squaredNorm()
          .mul(x.sum())
          .mul(r / 3),
      ),
  ); // slope -r x (1 - x)

/** Down the gradient, by steps of Runge and Kutta. */
function* descent(energy: Hamiltonian, start: Float64Array, dt: number): Generator<Float64Array> {
  const slope = (x: Float64Array): Float64Array => energy.gradient64(x);
  for (let x = start; ; ) {
    const ahead = (k: Float64Array, h: number): Float64Array => x.map((value, i) => value - h * k[i]);
    const k1 = slope(x);
    const k2 = slope(ahead(k1, dt / 2));
    const k3 = slope(ahead(k2, dt / 2));
    const k4 = slope(ahead(k3, dt));
    x = x.map((value, i) => value - (dt / 6) * (k1[i] + 2 * (k2[i] + k3[i]) + k4[i]));
    yield x;
  }
}

test('the speed is the least of w(k) / k, and 2 sqrt(r D) where the front is wide', () => {
  for (const [r, D] of [
    [1, 1],
    [0.3, 2],
    [5, 0.1],
  ]) {
    const { speed, steepness, continuum } = latticeFront({ growth: r, diffusion: D });
    const at = (k: number): number => (r + 2 * D * (Math.cosh(k) - 1)) / k;
    near(speed, at(steepness), 1e-12 * speed);
    for (const factor of [0.5, 0.99, 1.01, 2]) assert.ok(at(factor * steepness) > speed);
    assert.equal(continuum, 2 * Math.sqrt(r * D));
    near(latticeFront({ growth: 3 * r, diffusion: 3 * D }).speed, 3 * speed, 1e-12 * speed); // time in other units
  }
  near(latticeFront({ growth: 1, diffusion: 1 }).speed, 2.0734, 5e-5);
  // k = sqrt(r / D) (1 + ...): speed over its continuum limit 1 + (r / D) / 24 + ...
  for (const ratio of [1e-2, 1e-3])
    near(
      latticeFront({ growth: ratio, diffusion: 1 }).speed / (2 * Math.sqrt(ratio)) - 1,
      ratio / 24,
      ratio ** 2,
    );
});

test('a front that is simulated moves as it says at late times, from below', () => {
  for (const [r, D, nodes] of [
    [1, 1, 320],
    [1, 0.1, 120],
  ]) {
    const { speed, speedAt, steepness } = latticeFront({ growth: r, diffusion: D });
    const [dt, early, late] = [0.05, 40, 120];
    const start = new Float64Array(nodes).fill(1, 0, 10);
    const where = (x: Float64Array): number => x.reduce((sum, each) => sum + each, 0); // how far it is filled, but for a constant
    const at: number[] = [];
    let step = 0;
    for (const x of descent(hamiltonian(grid(1, nodes), [diffusion(D), growth(r)]), start, dt)) {
      if (++step === Math.round(early / dt) || step === Math.round(late / dt)) at.push(where(x));
      if (at.length === 2) break;
    }
    const found = (at[1] - at[0]) / (late - early);
    let theory = 0;
    for (let t = early + 0.5; t < late; t++) theory += speedAt(t) / (late - early);
    near(found, theory, 2e-3 * speed);
    assert.ok(found < speed * 0.999 && found > 0.97 * speed, `${found} for ${speed}`);
    assert.ok(speed - theory > 0.3 / steepness / late);
  }
});

test('diffusion: width sqrt(2 D t) before the ring is full, and 1 / N at the seed in the end', () => {
  const [D, N] = [0.7, 101];
  const widths: number[] = [];
  const times: number[] = [];
  let step = 0;
  let x: Float64Array = new Float64Array(N);
  x[50] = 1;
  for (x of descent(hamiltonian(ring(N), [diffusion(D)]), x, 0.1)) {
    if (++step % 50 === 0) {
      times.push(step * 0.1);
      widths.push(Math.sqrt(x.reduce((sum, each, i) => sum + each * (i - 50) ** 2, 0)));
    }
    if (step === 500) break;
  }
  widths.forEach((width, k) => near(width, Math.sqrt(2 * D * times[k]), 1e-6 * width));
  const small = ring(12);
  const relaxation = 1 / (D * (2 - 2 * Math.cos(Math.PI / 6)));
  const seeded = new Float64Array(12).fill(1, 0, 1);
  let late: Float64Array = seeded;
  for (late of descent(hamiltonian(small, [diffusion(D)]), seeded, 0.1))
    if (++step > 500 + 100 * relaxation) break;
  near(late[0], 1 / 12, 1e-4);
});

test('refusals name the rule and the value', () => {
  assert.throws(
    () => latticeFront({ growth: 0, diffusion: 1 }),
    /latticeFront: growth must be positive and finite, got 0/,
  );
  assert.throws(
    () => latticeFront({ growth: 1, diffusion: -1 }),
    /latticeFront: diffusion must be positive and finite, got -1/,
  );
  assert.throws(
    () => latticeFront({ growth: 1, diffusion: 1 }).speedAt(0),
    /latticeFront: time must be positive and finite, got 0/,
  );
});
