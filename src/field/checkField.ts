// The rules for a field: positive counts, values that fill the shape and lie in the codomain, a gauge
// that holds. The error names the rule and the value.
import type { FieldShape, FullDeclaration } from './declaration.js';

/** The part of a field that is checked. */
type Checked = FullDeclaration & { readonly values: Float32Array };

/** A centred field's mean may differ from zero by this much of its largest entry: rounding of long runs. */
const CENTRED_TOLERANCE = 1e-4;

export const isIndex = (i: number, length: number): boolean => Number.isInteger(i) && i >= 0 && i < length;
const isPositiveInteger = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) > 0;

/** sites x components x chains, each a positive integer. */
export function valueCount({ sites, components = 1, chains = 1 }: FieldShape): number {
  for (const [name, n] of Object.entries({ sites, components, chains })) {
    if (isPositiveInteger(n)) continue;
    throw new RangeError(`Field: ${name} must be a positive integer, got ${String(n)}`);
  }
  return sites * components * chains;
}

export function checkShape({ values, codomain, sites, components, chains, states }: Checked): void {
  const needed = valueCount({ sites, components, chains });
  if (values.length !== needed) {
    const shape = `[${sites}, ${components}, ${chains}]`;
    throw new RangeError(`Field: shape ${shape} needs ${needed} values, got ${values.length}`);
  }
  if (codomain === 'complex' && components % 2 !== 0) {
    throw new RangeError(`Field: a complex field needs an even number of components, got ${components}`);
  }
  if (codomain === 'simplex' && components < 2) {
    throw new RangeError(`Field: a simplex field needs at least 2 components (logits), got ${components}`);
  }
  if (codomain === 'potts' ? !(isPositiveInteger(states) && states! >= 2) : states !== undefined) {
    const rule = codomain === 'potts' ? 'must be an integer of at least 2' : 'is for potts fields only';
    throw new RangeError(`Field: states ${rule}, got ${String(states)}`);
  }
}

export function checkValues({ values, codomain, components, chains, states = 0 }: Checked): void {
  const [allowed, rule]: [(x: number) => boolean, string] =
    codomain === 'spin' ? [(x) => x === 1 || x === -1, '-1 or +1']
    : codomain === 'potts' ? [(x) => isIndex(x, states), `integers in [0, ${states})`]
    : [Number.isFinite, 'finite'];
  const bad = values.findIndex((x) => !allowed(x));
  if (bad < 0) return;
  const row = Math.floor(bad / chains);
  const at = `[${Math.floor(row / components)}, ${row % components}, ${bad % chains}]`;
  throw new RangeError(`Field: ${codomain} values must be ${rule}, got ${values[bad]} at ${at}`);
}

export function checkGauge({ values, gauge, codomain, sites, components, chains }: Checked): void {
  if (gauge === 'free') return;
  if (gauge === 'centred') {
    if (codomain !== 'real' && codomain !== 'complex') {
      throw new RangeError(`Field: only a real or complex field can be centred, got ${codomain}`);
    }
    const lanes = components * chains;
    const means = siteMeans(values, sites, lanes);
    const scale = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const off = means.findIndex((mean) => Math.abs(mean) > CENTRED_TOLERANCE * scale);
    if (off >= 0) {
      const where = `component ${Math.floor(off / chains)}, chain ${off % chains}`;
      throw new RangeError(`Field: a centred field has mean 0 over its sites, got ${means[off]} in ${where}`);
    }
    return;
  }
  const { pinned } = gauge;
  const distinct = new Set(pinned).size === pinned.length && pinned.length > 0;
  if (distinct && pinned.every((i) => isIndex(i, sites))) return;
  throw new RangeError(`Field: pinned must be one or more distinct sites in [0, ${sites}), got [${pinned}]`);
}

/** The mean over sites of each lane (component, chain), in float64: [components * chains]. */
export function siteMeans(values: Float32Array, sites: number, lanes: number): Float64Array {
  const means = new Float64Array(lanes);
  for (let i = 0; i < values.length; i++) means[i % lanes] += values[i] / sites;
  return means;
}
