// Initial fields: constant, random, or from numbers. Random numbers come from Philox with the purpose
// `initial` at step 0 and a stream named after the function. So one seed gives the same field on every
// machine, fields of different kinds are independent under one seed, and no sampler of that seed uses the
// same numbers.
//   normal: x = mean + deviation z      angles: uniform on the circle
//   spins: -1, +1 with probability 1/2      labels: 0 ... q-1 with probability 1/q
import { Purpose, normals, randomKey, type Seed, uniforms } from '../random/index.js';
import { requireInteger } from '../numerics/check.js';
import { checkOptions, finite, integer, needed, nonNegative, oneOf } from '../numerics/options.js';
import { checkDrawn, shapeRules, valueCount } from './checkField.js';
import { Field } from './field.js';
import type { FieldDeclaration, FieldShape } from './declaration.js';

/** The seed of a random field. */
export interface Seeded {
  readonly seed: Seed;
}

/**
 * The same value on every site and chain: a number, or one number per component.
 *
 * @throws RangeError when the list of numbers is not as long as there are components
 * @example constantField({ sites: 50, components: 2 }, [0, 1]).at(7, 1); // 1
 */
export function constantField(
  shape: FieldShape & { readonly codomain?: 'real' | 'complex' | 'angle' },
  value: number | readonly number[],
): Field {
  checkOptions('constantField', shape, { ...shapeRules, codomain: oneOf('real', 'complex', 'angle') });
  const { components = 1, chains = 1 } = shape;
  if (typeof value === 'number') return new Field(new Float32Array(valueCount(shape)).fill(value), shape);
  if (value.length !== components)
    throw new RangeError(`constantField: value must have ${components} components, got ${value.length}`);
  return new Field(
    Float32Array.from({ length: valueCount(shape) }, (_, i) => value[Math.floor(i / chains) % components]),
    shape,
  );
}

/**
 * Independent normals, real by default or complex (re and im each with this standard deviation).
 *
 * @example
 * String(normalField({ sites: 50, components: 2, chains: 64, seed: 7 }));
 * // 'real field on 50 nodes, 2 components, 64 chains, free; values in [-3.818, 4.135], mean -0.01044'
 */
export function normalField(
  options: FieldShape &
    Seeded & {
      readonly codomain?: 'real' | 'complex';
      readonly mean?: number;
      readonly deviation?: number;
    },
): Field {
  checkDrawn('normalField', options, {
    codomain: oneOf('real', 'complex'),
    mean: finite,
    deviation: nonNegative,
  });
  const { seed, mean = 0, deviation = 1, ...shape } = options;
  const z = normals(new Float32Array(valueCount(shape)), randomKey(seed, 'normalField'), drawOf(shape));
  return new Field(
    z.map((x) => mean + deviation * x),
    shape,
  );
}

/**
 * Independent spins, up or down with equal probability.
 *
 * @example randomSpins({ sites: 6, seed: 7 }).values; // [-1, 1, -1, 1, -1, 1]
 */
export function randomSpins(options: FieldShape & Seeded): Field {
  checkDrawn('randomSpins', options, {});
  const { seed, ...shape } = options;
  return new Field(
    uniformValues(shape, seed, 'randomSpins').map((u) => (u < 0.5 ? -1 : 1)),
    { ...shape, codomain: 'spin' },
  );
}

/**
 * Independent labels, each of 0 ... states - 1 with equal probability.
 *
 * @example randomLabels({ sites: 6, states: 3, seed: 7 }).values; // [1, 2, 1, 1, 0, 0]
 */
export function randomLabels(options: FieldShape & Seeded & { readonly states: number }): Field {
  checkDrawn('randomLabels', options, { states: needed(integer(2)) });
  const { seed, states, ...shape } = options;
  return new Field(
    uniformValues(shape, seed, 'randomLabels').map((u) => Math.floor(u * states)),
    { ...shape, states, codomain: 'potts' },
  );
}

/**
 * Independent angles, uniform on the circle, in radians from -pi to pi.
 *
 * @example randomAngles({ sites: 50, chains: 16, seed: 7 }).values.length; // 800
 */
export function randomAngles(options: FieldShape & Seeded): Field {
  checkDrawn('randomAngles', options, {});
  const { seed, ...shape } = options;
  return new Field(
    uniformValues(shape, seed, 'randomAngles').map((u) => (2 * u - 1) * Math.PI),
    { ...shape, codomain: 'angle' },
  );
}

/**
 * A field from nested lists: one number per site, or [site][component], or [site][component][chain]. The
 * lists give the shape.
 *
 * @throws RangeError when the lists are ragged or empty
 * @example
 * fieldFrom([[0, 1], [3.14, 1]]).components; // 2
 * fieldFrom([0, 2, 1], { codomain: 'potts', states: 3 }).states; // 3
 */
export function fieldFrom(
  values: readonly (number | readonly (number | readonly number[])[])[],
  declaration: Omit<FieldDeclaration, 'sites' | 'components' | 'chains'> = {},
): Field {
  const sites = values.map((site) => wrap(site).map((component) => wrap(component)));
  const components = sites[0]?.length ?? 0;
  const chains = sites[0]?.[0]?.length ?? 0;
  const ragged = sites.findIndex(
    (site) => site.length !== components || site.some((component) => component.length !== chains),
  );
  if (ragged >= 0)
    throw new RangeError(
      `fieldFrom: site ${ragged} does not have the shape [${components}, ${chains}] of site 0`,
    );
  return new Field(Float32Array.from(sites.flat(2)), {
    ...declaration,
    sites: sites.length,
    components,
    chains,
  });
}

/**
 * Copies of the one chain of a field: the same start for all replicas.
 *
 * @throws RangeError when the field has more than one chain
 * @example replicate(fieldFrom([1, -1]), 3).values; // [1, 1, 1, -1, -1, -1]
 */
export function replicate(field: Field, chains: number): Field {
  requireInteger('replicate', 'chains', chains, 1);
  if (field.chains !== 1) throw new RangeError(`replicate: field must have 1 chain, got ${field.chains}`);
  const length = valueCount({ ...field.declaration(), chains });
  const copies = Float32Array.from({ length }, (_, i) => field.values[Math.floor(i / chains)]);
  return field.with(copies, { chains });
}

const wrap = <T>(value: number | readonly T[]): readonly (number | T)[] =>
  typeof value === 'number' ? [value] : value;

const drawOf = ({ sites, components = 1, chains = 1 }: FieldShape) => ({
  step: 0,
  purpose: Purpose.initial,
  nodes: sites,
  lanes: components * chains,
});

const uniformValues = (shape: FieldShape, seed: Seed, stream: string): Float32Array =>
  uniforms(new Float32Array(valueCount(shape)), randomKey(seed, stream), drawOf(shape));
