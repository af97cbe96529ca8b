// The new value of a single-site move from the energies of its candidates and one uniform word, in the vector language.
//   heat bath    the value v with probability e^{-E_v / T} / sum over w of e^{-E_w / T}
//   Metropolis   one of the other values, taken with probability min(1, e^{-dE / T})
//   Glauber      one of the other values, taken with probability 1 / (1 + e^{dE / T})
// Sources: Metropolis et al. 1953, doi:10.1063/1.1699114; Glauber, J. Math. Phys. 4 (1963) 294, doi:10.1063/1.1703954;
// Barker, Aust. J. Phys. 18 (1965) 119, doi:10.1071/PH650119 (Glauber's rule for more than two values).
import type { Value } from './code.js';
import { exp } from './functions.js';
import { uniformOf } from './philox.js';

export type MoveRule = 'heat bath' | 'metropolis' | 'glauber';

/** Of a spin +-1, with difference = E(+1) - E(-1) and beta = 1 / T. `own` is not read by the heat bath. */
export function newSpin(rule: MoveRule, own: Value | undefined, difference: Value, beta: Value, word: Value): Value {
  const { code } = word;
  const u = uniformOf(word);
  if (rule === 'heat bath') return code.float(1).where(u.mul(exp(difference.mul(beta)).add(1)).lt(1), -1);
  const gain = own!.mul(difference); // E before the flip less E after it
  return own!.neg().where(isTaken(rule, gain.mul(beta), u), own!);
}

/** Of a label 0 ... q - 1, with the energy of every label. */
export function newLabel(rule: MoveRule, own: Value | undefined, energies: readonly Value[], beta: Value, word: Value): Value {
  const { code } = word;
  if (rule === 'heat bath') {
    const least = energies.reduce((low, energy) => low.min(energy));
    let sum = code.float(0);
    const sums = energies.map((energy) => (sum = sum.add(exp(least.sub(energy).mul(beta)))));
    const point = uniformOf(word).mul(sum);
    const below = sums.slice(0, -1).map((part) => code.float(1).where(part.le(point), 0));
    return below.reduce((count, one) => count.add(one));
  }
  // the high word of the product picks one of the others, the low word is uniform again
  const others = energies.length - 1;
  const pick = word.mulHigh(others).toFloat();
  const proposed = pick.add(code.float(1).where(own!.le(pick), 0));
  const at = (label: Value): Value => energies.slice(1).reduce((value, energy, k) => energy.where(label.eq(k + 1), value), energies[0]);
  const gain = at(own!).sub(at(proposed));
  return proposed.where(isTaken(rule, gain.mul(beta), uniformOf(word.mul(others))), own!);
}

function isTaken(rule: MoveRule, exponent: Value, u: Value): Value {
  return rule === 'metropolis' ? u.lt(exp(exponent)) : u.mul(exp(exponent.neg()).add(1)).lt(1);
}
