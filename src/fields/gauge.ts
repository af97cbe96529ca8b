// The gauge of a field. An energy of differences does not change under x -> x + c on all sites; this zero
// mode is
//   free: not fixed      centred: x_i <- x_i - (1/N) sum_j x_j      pinned: x_i fixed for the given i
// Source: the repaired reading of EMTD Definition 1.2, which is unbounded in phase space along that mode.
import { siteMeans } from './checkField.js';
import type { Field } from './field.js';
import { requireField } from './requireField.js';

/**
 * The field minus its mean over sites, component by component and chain by chain.
 *
 * @throws RangeError for a field that is neither real nor complex
 * @example
 * fields.centred(new Field(Float32Array.of(1, 2, 6), { sites: 3 })).values; // [-2, -1, 3]
 */
export function centred(field: Field): Field {
  requireField('centred', field, { codomain: ['real', 'complex'] });
  const means = siteMeans(field);
  return field.with(
    field.values.map((x, i) => x - means[i % means.length]),
    { gauge: 'centred' },
  );
}

/**
 * The same values with these sites declared fixed: samplers do not change them.
 *
 * @throws RangeError unless the sites are distinct indices of the field, at least one
 * @example
 * const stubborn = fields.pinned(fieldFrom([1, 0, 0, 0]), [0]);
 * const energy = hamiltonian(ring(4), [interaction()]);
 * const run = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { initial: stubborn, steps: 10, seed: 1 });
 * run.states[9][0]; // 1, as at the start
 */
export const pinned = (field: Field, sites: readonly number[]): Field =>
  field.with(field.values, { gauge: { pinned: [...sites] } });
