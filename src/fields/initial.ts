// Initial fields: constant, random, or from numbers. Random numbers come from Philox with the purpose
// `initial` at step 0 and a stream named after the function. So one seed gives the same field on every
// machine, fields of different kinds are independent under one seed, and no sampler of that seed uses the
// same numbers.
//   normal: x = mean + deviation z      angles: uniform on the circle
//   spins: -1, +1 with probability 1/2      labels: 0 ... q-1 with probability 1/q
import { Purpose, normals, randomKey, type Seed, uniforms, aSeed } from '../randomness/index.js';
import { requireInteger } from '../numerics/check.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../numerics/options.js';
import { finite, integer, nonNegative, oneOf } from '../numerics/rules.js';
import { valueCount } from './checkField.js';
import { Field } from './field.js';
import { type FieldDeclaration, type FieldShape, type FullDeclaration, shapeOptions } from './declaration.js';

export const seeded = {
  /** The same seed gives the same field; there is no default. */
  seed: needed(aSeed),
};

/** The seed of a random field. */
export interface Seeded extends Options, OptionsOf<typeof seeded> {}

const drawnOptions = { ...shapeOptions, ...seeded };

const constantOptions = {
  /** The kind of the values; `real` by default. */
  codomain: byDefault('real', oneOf('real', 'complex', 'angle')),
};

/**
 * The same value on every site and chain: a number, or one number per component.
 *
 * @throws RangeError when the list of numbers is not as long as there are components
 * @example fields.constantField({ sites: 50, components: 2 }, [0, 1]).at(7, 1); // 1
 */
export function constantField(
  options: FieldShape & OptionsOf<typeof constantOptions>,
  value: number | readonly number[],
): Field {
  const shape = readOptions('constantField', options, { ...shapeOptions, ...constantOptions });
  const { components, chains } = shape;
  if (typeof value === 'number') return new Field(new Float32Array(valueCount(shape)).fill(value), shape);
  if (value.length !== components)
    throw new RangeError(`constantField: value must have ${components} components, got ${value.length}`);
  return new Field(
    Float32Array.from({ length: valueCount(shape) }, (_, i) => value[Math.floor(i / chains) % components]),
    shape,
  );
}

const normalOptions = {
  /** `real` or `complex`; `real` by default. */
  codomain: byDefault('real', oneOf('real', 'complex')),
  /** The mean of every number; 0 by default. */
  mean: byDefault(0, finite),
  /** The standard deviation of every number; 1 by default. */
  deviation: byDefault(1, nonNegative),
};

/**
 * Independent normals, real by default or complex (re and im each with this standard deviation).
 *
 * @example
 * String(normalField({ sites: 50, components: 2, chains: 64, seed: 7 }));
 * // 'real field on 50 nodes, 2 components, 64 chains, free; values in [-3.818, 4.135], mean -0.01044'
 */
export function normalField(options: FieldShape & Seeded & OptionsOf<typeof normalOptions>): Field {
  const { seed, mean, deviation, ...shape } = readOptions('normalField', options, {
    ...drawnOptions,
    ...normalOptions,
  });
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
  const { seed, ...shape } = readOptions('randomSpins', options, drawnOptions);
  return new Field(
    uniformValues(shape, seed, 'randomSpins').map((u) => (u < 0.5 ? -1 : 1)),
    { ...shape, codomain: 'spin' },
  );
}

const labelOptions = {
  /** The number q of labels. */
  states: needed(integer(2)),
};

/**
 * Independent labels, each of 0 ... states - 1 with equal probability.
 *
 * @example fields.randomLabels({ sites: 6, states: 3, seed: 7 }).values; // [1, 2, 1, 1, 0, 0]
 */
export function randomLabels(options: FieldShape & Seeded & OptionsOf<typeof labelOptions>): Field {
  const { seed, states, ...shape } = readOptions('randomLabels', options, {
    ...drawnOptions,
    ...labelOptions,
  });
  return new Field(
    uniformValues(shape, seed, 'randomLabels').map((u) => Math.floor(u * states)),
    { ...shape, states, codomain: 'potts' },
  );
}

/**
 * Independent angles, uniform on the circle, in radians from -pi to pi.
 *
 * @example fields.randomAngles({ sites: 50, chains: 16, seed: 7 }).values.length; // 800
 */
export function randomAngles(options: FieldShape & Seeded): Field {
  const { seed, ...shape } = readOptions('randomAngles', options, drawnOptions);
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
 * @example fields.replicate(fieldFrom([1, -1]), 3).values; // [1, 1, 1, -1, -1, -1]
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

type Shape = Pick<FullDeclaration, 'sites' | 'components' | 'chains'>;

const drawOf = ({ sites, components, chains }: Shape) => ({
  step: 0,
  purpose: Purpose.initial,
  nodes: sites,
  lanes: components * chains,
});

const uniformValues = (shape: Shape, seed: Seed, stream: string): Float32Array =>
  uniforms(new Float32Array(valueCount(shape)), randomKey(seed, stream), drawOf(shape));
