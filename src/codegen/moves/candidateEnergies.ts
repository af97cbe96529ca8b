// The energies that a single-site move needs, of the site terms and bonds at the node: for spins the
// difference E(+1) - E(-1), for labels the energy of each. A function of a spin s = +-1 is P + Q s. So is the
// difference of a bond as a function of the other spin: bonds with equal parameters need only the sum over
// the neighbours.
import type { Code, Value } from '../language/code.js';
import { energyOf, type LocalTerm, type SiteInputs } from '../terms/localTerm.js';
import { each } from '../terms/vicinity.js';
import type { StepTerm } from '../terms/wideTerm.js';

/** +-1, or the number of labels 0 ... q - 1. */
export type States = 'spin' | number;

/** One node, or one in every lane, with several vectors of chains. */
export interface Site {
  readonly vectors: number;
  /** The number of neighbours, as a float. */
  degree(): Value;
  readonly parameter: SiteInputs['parameter'];
  /**
   * Calls back once, inside a loop over the neighbours, with their values, the bond's parameters and the
   * lanes that have such a bond.
   */
  visit(bond: (others: readonly Value[], parameter: SiteInputs['parameter'], counts?: Value) => void): void;
}

/** For each vector: [E(+1) - E(-1)], or the energies of the labels. */
export const candidateEnergies = (
  code: Code,
  terms: readonly StepTerm[],
  states: States,
  site: Site,
): Value[][] =>
  states === 'spin'
    ? differences(code, terms, site).map((value) => [value])
    : labelEnergies(code, terms, states, site);

function differences(
  code: Code,
  terms: readonly StepTerm[],
  { vectors, degree, parameter, visit }: Site,
): Value[] {
  const between = (term: LocalTerm, t: number, place: Omit<SiteInputs, 'own'>): Value =>
    energyOf(code, term, t, { own: [code.float(1)], ...place }).sub(
      energyOf(code, term, t, { own: [code.float(-1)], ...place }),
    );
  const ofSites = terms.flatMap((term, t) => (term.kind === 'site' ? [between(term, t, { parameter })] : []));
  const start = ofSites.reduce((sum, value) => sum.add(value), code.float(0));
  if (!terms.some(({ kind }) => kind === 'bond')) return each(vectors, () => start);

  const [spins, rest] = ['spins', 'rest'].map((name) =>
    each(vectors, () => code.variable(name, code.float(0))),
  );
  let constant = code.float(0); // P and Q of the bonds that are the same everywhere
  let slope = code.float(0);
  let [hasEqual, hasOther] = [false, false];
  visit((others, bondParameter, counts) => {
    terms.forEach((term, t) => {
      if (term.kind !== 'bond') return;
      const [up, down] = [1, -1].map((s) =>
        between(term, t, { other: [code.float(s)], parameter: bondParameter }),
      );
      const [p, q] = [up.add(down).mul(0.5), up.sub(down).mul(0.5)];
      if (code.isInvariant(p) && code.isInvariant(q)) {
        hasEqual = true;
        constant = constant.add(p);
        slope = slope.add(q);
      } else {
        hasOther = true;
        others.forEach((spin, v) => code.addTo(rest[v], p.add(q.mul(spin)), counts));
      }
    });
    if (hasEqual) others.forEach((spin, v) => code.addTo(spins[v], spin, counts));
  });
  const common = hasEqual ? start.add(constant.mul(degree())) : start;
  return each(vectors, (v) => {
    const sum = hasEqual ? common.add(slope.mul(code.get(spins[v]))) : common;
    return hasOther ? sum.add(code.get(rest[v])) : sum;
  });
}

function labelEnergies(
  code: Code,
  terms: readonly StepTerm[],
  states: number,
  { vectors, parameter, visit }: Site,
): Value[][] {
  const own = each(states, (k) => [code.float(k)]);
  const ofSites = own.map((label) =>
    terms.reduce<Value>(
      (sum, term, t) =>
        term.kind === 'site' ? sum.add(energyOf(code, term, t, { own: label, parameter })) : sum,
      code.float(0),
    ),
  );
  if (!terms.some(({ kind }) => kind === 'bond')) return each(vectors, () => ofSites);

  const sums = each(vectors, () => ofSites.map((value) => code.variable('energy', value)));
  visit((others, bondParameter, counts) => {
    others.forEach((other, v) =>
      own.forEach((label, k) => {
        const place = { own: label, other: [other], parameter: bondParameter };
        const energies = terms.flatMap((term, t) =>
          term.kind === 'bond' ? [energyOf(code, term, t, place)] : [],
        );
        code.addTo(
          sums[v][k],
          energies.reduce((sum, energy) => sum.add(energy)),
          counts,
        );
      }),
    );
  });
  return sums.map((row) => row.map((sum) => code.get(sum)));
}
