// Random local energies: every operation of the language, kept where float32 can follow float64 (no overflow,
// no division by nearly nothing). A formula is a recipe, so that fast-check can shrink it.
import { fc } from '../property.js';
import { constant, type Expression } from '../../src/expressions/index.js';
import type { BondEnergy, SiteEnergy } from '../../src/energies/index.js';

/** From the symbols to one value. */
type Recipe = (symbols: readonly Expression[]) => Expression;

const UNARY: Record<string, (x: Expression) => Expression> = {
  neg: (x) => x.neg(),
  square: (x) => x.tanh().square(),
  cube: (x) => x.tanh().pow(3),
  root: (x) => x.square().add(0.3).sqrt(),
  inverse: (x) => x.square().add(1).pow(-1),
  powerThreeHalves: (x) => x.square().add(0.5).pow(1.5).min(50),
  powerOdd: (x) => x.square().add(0.5).pow(0.37),
  exp: (x) => x.tanh().exp(),
  log: (x) => x.square().add(0.5).log(),
  sin: (x) => x.sin(),
  cos: (x) => x.cos(),
  tanh: (x) => x.tanh(),
  abs: (x) => x.abs(),
  sign: (x) => x.sign().mul(0.5),
  floor: (x) => x.floor().tanh(),
  xlogx: (x) => x.sin().square().add(0.01).xlogx(),
};
const BINARY: Record<string, (x: Expression, y: Expression) => Expression> = {
  add: (x, y) => x.add(y),
  sub: (x, y) => x.sub(y),
  mul: (x, y) => x.tanh().mul(y),
  div: (x, y) => x.div(y.square().add(1)),
  max: (x, y) => x.max(y),
  min: (x, y) => x.min(y),
  less: (x, y) => x.less(y),
  atan2: (y, x) => y.atan2(x.abs().add(0.2)),
};
const CONTRACT: Record<string, (x: Expression) => Expression> = {
  sum: (x) => x.sum(),
  squaredNorm: (x) => x.squaredNorm(),
  norm: (x) => x.squaredNorm().add(0.2).sqrt(),
  logSumExp: (x) => x.sin().logSumExp(),
  first: (x) => (x.shape === 'vector' ? x.component(0) : x),
  entropy: (x) => (x.shape === 'vector' ? x.sin().softmax().entropy() : x),
};

const named = <Table extends Record<string, unknown>>(table: Table): fc.Arbitrary<Table[string]> =>
  fc
    .constantFrom(...(Object.keys(table) as (keyof Table & string)[]))
    .map((name) => table[name] as Table[string]);

const { recipe } = fc.letrec<{ recipe: Recipe; leaf: Recipe }>((tie) => ({
  leaf: fc.oneof(
    fc.nat(20).map(
      (k): Recipe =>
        (symbols) =>
          symbols[k % symbols.length],
    ),
    fc.double({ min: -2, max: 2, noNaN: true }).map(
      (value): Recipe =>
        () =>
          constant(Math.fround(value)),
    ),
  ),
  recipe: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.tuple(named(UNARY), tie('recipe')).map(
      ([f, x]): Recipe =>
        (s) =>
          f(x(s)),
    ),
    fc.tuple(named(BINARY), tie('recipe'), tie('recipe')).map(
      ([f, x, y]): Recipe =>
        (s) =>
          f(x(s), y(s)),
    ),
    fc.tuple(named(CONTRACT), tie('recipe')).map(
      ([f, x]): Recipe =>
        (s) =>
          f(x(s)),
    ),
  ),
}));

/** Energies of a node, of a bond, and what they contract with: always scalars that depend on the field. */
export const siteEnergies: fc.Arbitrary<SiteEnergy> = recipe.map(
  (f) =>
    (x, ...p) =>
      f([x, x, ...p])
        .add(x.sin().mul(0.1))
        .sum(),
);
export const bondEnergies: fc.Arbitrary<BondEnergy> = recipe.map(
  (f) =>
    (a, b, ...p) =>
      f([a, b, a.sub(b), ...p])
        .add(a.sub(b).cos().mul(0.1))
        .sum(),
);
/** The same seen from both ends. */
export const symmetricBonds: fc.Arbitrary<BondEnergy> = recipe.map(
  (f) =>
    (a, b, ...p) =>
      f([a.sub(b).abs(), a.add(b), ...p])
        .add(a.mul(b).tanh())
        .sum(),
);
