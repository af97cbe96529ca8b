// What a function asks of a field, said in its own name when it is not so.
import type { Codomain, Field, Support } from './field.js';

/** What a caller requires; what is left out may be anything. */
export interface FieldRequirement {
  readonly support?: Support;
  /** Any one of these. */
  readonly codomain?: readonly Codomain[];
  readonly sites?: number;
  readonly components?: number;
  readonly chains?: number;
}

/**
 * Throws unless the field is as required.
 *
 * @throws RangeError naming the caller, the rule and what came
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
