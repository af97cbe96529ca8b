// A function's conditions on a field, with errors in the function's name.
import type { Field } from './field.js';
import type { Codomain, FieldShape } from './declaration.js';

/** The conditions of a caller; a property that is left out may have any value. */
export interface FieldRequirement extends Partial<FieldShape> {
  /** Any one of these. */
  readonly codomain?: readonly Codomain[];
}

/**
 * Throws unless the field meets the conditions.
 *
 * @throws RangeError naming the caller, the rule and the value
 * @example
 * requireField('langevin', field, { support: 'node', sites: graph.nodeCount });
 * // RangeError: langevin: field must have 50 sites, got 40
 */
export function requireField(caller: string, field: Field, required: FieldRequirement): void {
  const { support, codomain } = required;
  if (support !== undefined && field.support !== support) {
    throw new RangeError(`${caller}: field must live on ${support}s, got one on ${field.support}s`);
  }
  if (codomain !== undefined && !codomain.includes(field.codomain)) {
    throw new RangeError(`${caller}: field must be ${codomain.join(' or ')}, got ${field.codomain}`);
  }
  for (const name of ['sites', 'components', 'chains'] as const) {
    const n = required[name];
    if (n === undefined || n === field[name]) continue;
    const what = n === 1 ? name.slice(0, -1) : name;
    throw new RangeError(`${caller}: field must have ${n} ${what}, got ${field[name]}`);
  }
}
