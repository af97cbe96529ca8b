// The trust phase phi in C of a site: amplitude |phi| (trust weight) and angle arg phi, stored as two real
// components (re, im), since tensors here have no gradient through complex numbers.
//   phi = a e^{i theta}        order parameter: r e^{i psi} = (1/N) sum_j e^{i theta_j}
// r = 1 when all phases agree, of order 1/sqrt N when they are independent. A phase of amplitude 0 has no
// angle and adds nothing to the sum. Source: EMTD 1.1, Definition 1.1 (phi_ij); Kuramoto (1984), DOI
// 10.1007/978-3-642-69689-3. Angles in radians.
import { card, countText, formatNumber, rangeText, showAs, sparkline } from '../display/index.js';
import { Field } from './field.js';
import { requireField } from './requireField.js';

/**
 * |phi| of every complex number of a field, as a real field with half the components.
 *
 * @throws RangeError unless the field is complex
 * @example fields.amplitude(fieldFrom([[3, 4]], { codomain: 'complex' })).values; // [5]
 */
export const amplitude = (field: Field): Field => ofComplex('amplitude', field, Math.hypot, 'real');

/**
 * arg phi in [-pi, pi] of every complex number of a field, as a field of angles with half the components; 0
 * for 0.
 *
 * @throws RangeError unless the field is complex
 * @example fields.angle(fieldFrom([[0, 2]], { codomain: 'complex' })).values; // [1.571] = pi / 2
 */
export const angle = (field: Field): Field =>
  ofComplex('angle', field, (re, im) => Math.atan2(im, re), 'angle');

/**
 * The complex field a e^{i theta}; amplitudes are 1 by default.
 *
 * @throws RangeError unless angles and amplitudes have one shape
 * @example fields.phaseField(fieldFrom([0, 1], { codomain: 'angle' })).values; // [1, 0, 0.5403, 0.8415]
 */
export function phaseField(angles: Field, amplitudes?: Field): Field {
  requireField('phaseField', angles, { codomain: ['angle'] });
  const { support, sites, components, chains } = angles;
  if (amplitudes)
    requireField('phaseField', amplitudes, { codomain: ['real'], support, sites, components, chains });
  return toComplex(angles, (theta, i) => {
    const a = amplitudes ? amplitudes.values[i] : 1;
    return [a * Math.cos(theta), a * Math.sin(theta)];
  });
}

/** The phase order parameter of each chain. */
export interface PhaseOrder {
  /** r in [0, 1], [chains]. */
  readonly order: Float64Array;
  /** psi in [-pi, pi], [chains]. */
  readonly meanAngle: Float64Array;
}

/**
 * r e^{i psi} = (1/N) sum_j e^{i theta_j} over the sites, per chain.
 *
 * @throws RangeError unless the field is one angle or one complex number per site
 * @example fields.phaseOrder(fields.constantField({ sites: 50, codomain: 'angle' }, 0.3)); // { order: [1], meanAngle: [0.3] }
 */
export function phaseOrder(field: Field): PhaseOrder {
  requireOnePhase('phaseOrder', field);
  const { sites, chains } = field;
  const [order, meanAngle] = [new Float64Array(chains), new Float64Array(chains)];
  for (let chain = 0; chain < chains; chain++) {
    let [x, y] = [0, 0];
    for (let site = 0; site < sites; site++) {
      const [cosine, sine] = unitPhase(field, site, chain);
      x += cosine / sites;
      y += sine / sites;
    }
    order[chain] = Math.hypot(x, y);
    meanAngle[chain] = Math.atan2(y, x);
  }
  return showAs({ order, meanAngle }, phaseOrderCard);
}

/** @throws RangeError unless the field is one angle or one complex number per site */
export function requireOnePhase(caller: string, field: Field): void {
  requireField(caller, field, { codomain: ['angle', 'complex'] });
  requireField(caller, field, { components: field.codomain === 'angle' ? 1 : 2 });
}

/** e^{i theta}, which is phi / |phi|; 0 for phi = 0. */
function unitPhase(field: Field, site: number, chain: number): [number, number] {
  const x = field.at(site, 0, chain);
  if (field.codomain === 'angle') return [Math.cos(x), Math.sin(x)];
  const y = field.at(site, 1, chain);
  const size = Math.hypot(x, y) || 1;
  return [x / size, y / size];
}

/** The complex field that has (re, im) of `value` where a field has one number. */
export function toComplex(
  field: Field,
  value: (x: number, at: number) => readonly [re: number, im: number],
): Field {
  const { support, sites, components, chains } = field;
  const values = new Float32Array(2 * field.values.length);
  field.values.forEach((x, at) => {
    const re = 2 * at - (at % chains);
    [values[re], values[re + chains]] = value(x, at);
  });
  return new Field(values, { support, codomain: 'complex', sites, components: 2 * components, chains });
}

function ofComplex(
  caller: string,
  field: Field,
  value: (re: number, im: number) => number,
  codomain: 'real' | 'angle',
): Field {
  requireField(caller, field, { codomain: ['complex'] });
  const { support, sites, chains, values } = field;
  const out = Float32Array.from({ length: values.length / 2 }, (_, at) => {
    const re = 2 * at - (at % chains);
    return value(values[re], values[re + chains]);
  });
  return new Field(out, { support, codomain, sites, components: field.components / 2, chains });
}

function phaseOrderCard({ order, meanAngle }: PhaseOrder) {
  return card(
    `phase order of ${countText(order.length, 'chain')}`,
    {
      'order r': rangeText(order),
      'mean angle': order.length === 1 ? `${formatNumber(meanAngle[0])} rad` : undefined,
    },
    order.length > 1 && sparkline([order]),
    'r by chain',
  );
}
