// The rules for a field: positive counts, values that fill the shape and lie in the codomain, a gauge that
// holds. The error names the rule and the value.
import { requireBytes } from '../graphs/index.js';
import type { Codomain, FullDeclaration } from './declaration.js';

/** The part of a field that is checked. */
type Checked = FullDeclaration & { readonly values: Float32Array };

/** A centred field's mean may differ from zero by this much of its largest entry: rounding of long runs. */
const CENTRED_TOLERANCE = 1e-4;

export const isIndex = (i: number, length: number): boolean => Number.isInteger(i) && i >= 0 && i < length;

/** Numbers of the largest field: 4 GiB, as much as an engine holds. */
const MOST = 2 ** 30;

/**
 * sites x components x chains.
 * @throws RangeError, with the bytes, for more than an engine or memory holds
 */
export function valueCount({
  sites,
  components,
  chains,
}: Pick<FullDeclaration, 'sites' | 'components' | 'chains'>): number {
  const count = sites * components * chains;
  const shape = `[${sites}, ${components}, ${chains}]`;
  if (count > MOST)
    throw new RangeError(
      `Field: a field must have at most 2^30 numbers, 4 GiB, got ${count} for the shape ${shape}`,
    );
  if (4 * count > 2 ** 26) requireBytes('Field', `the shape ${shape} needs`, 4 * count);
  return count;
}

export function checkShape({ values, codomain, sites, components, chains, states }: Checked): void {
  const needed = valueCount({ sites, components, chains });
  if (values.length !== needed) {
    const shape = `[${sites}, ${components}, ${chains}]`;
    throw new RangeError(`Field: shape ${shape} needs ${needed} values, got ${values.length}`);
  }
  const need = (holds: boolean, rule: string, got: unknown): void => {
    if (!holds) throw new RangeError(`Field: ${rule}, got ${String(got)}`);
  };
  need(
    codomain !== 'complex' || components % 2 === 0,
    'a complex field needs an even number of components',
    components,
  );
  need(
    codomain !== 'simplex' || components >= 2,
    'a simplex field needs at least 2 components (logits)',
    components,
  );
  if (codomain !== 'potts') need(states === undefined, 'states is for potts fields only', states);
  else need(states !== undefined, 'a potts field needs its number of states', states);
}

/** Which numbers a codomain has, and the rule in words. */
export function valueRule(codomain: Codomain, states = 0): [allowed: (x: number) => boolean, rule: string] {
  if (codomain === 'spin') return [(x) => x === 1 || x === -1, '-1 or +1'];
  return codomain === 'potts'
    ? [(x) => isIndex(x, states), `integers in [0, ${states})`]
    : [Number.isFinite, 'finite'];
}

export function checkValues({ values, codomain, components, chains, states }: Checked): void {
  const [allowed, rule] = valueRule(codomain, states);
  const bad = values.findIndex((x) => !allowed(x));
  if (bad < 0) return;
  const row = Math.floor(bad / chains);
  const at = `[${Math.floor(row / components)}, ${row % components}, ${bad % chains}]`;
  throw new RangeError(`Field: ${codomain} values must be ${rule}, got ${values[bad]} at ${at}`);
}

export function checkGauge(field: Checked): void {
  const { gauge, sites } = field;
  if (gauge === 'centred') checkCentred(field);
  if (typeof gauge === 'string') return;
  const { pinned } = gauge;
  if (pinned.length > 0 && new Set(pinned).size === pinned.length && pinned.every((i) => isIndex(i, sites)))
    return;
  throw new RangeError(`Field: pinned must be one or more distinct sites in [0, ${sites}), got [${pinned}]`);
}

function checkCentred(field: Checked): void {
  const { values, codomain, chains } = field;
  if (codomain !== 'real' && codomain !== 'complex') {
    throw new RangeError(`Field: only a real or complex field can be centred, got ${codomain}`);
  }
  const means = siteMeans(field);
  const scale = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const off = means.findIndex((mean) => Math.abs(mean) > CENTRED_TOLERANCE * scale);
  if (off < 0) return;
  const where = `component ${Math.floor(off / chains)}, chain ${off % chains}`;
  throw new RangeError(`Field: a centred field has mean 0 over its sites, got ${means[off]} in ${where}`);
}

/** The mean over sites of each lane (component, chain), in float64: [components * chains]. */
export function siteMeans({
  values,
  sites,
  components,
  chains,
}: Omit<Checked, 'support' | 'codomain' | 'gauge'>): Float64Array {
  const means = new Float64Array(components * chains);
  for (let i = 0; i < values.length; i++) means[i % means.length] += values[i] / sites;
  return means;
}
