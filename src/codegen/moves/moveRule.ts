// The new value of a single-site move from the energies of its candidates and one uniform word, in the vector
// language.
//   heat bath    the value v with probability e^{-E_v / T} / sum over w of e^{-E_w / T}
//   Metropolis   one of the other values, accepted with probability min(1, e^{-dE / T})
//   Glauber      one of the other values, accepted with probability 1 / (1 + e^{dE / T})
// Sources: Metropolis et al. 1953, doi:10.1063/1.1699114; Glauber, J. Math. Phys. 4 (1963) 294,
// doi:10.1063/1.1703954; Barker, Aust. J. Phys. 18 (1965) 119, doi:10.1071/PH650119 (Glauber's rule for more
// than two values).
import type { Value } from '../language/code.js';
import { exponential as exp } from '../../expressions/index.js';
import { uniformOf, unitsOf } from '../language/philoxWords.js';

export type MoveRule = 'heat bath' | 'metropolis' | 'glauber';

export interface Move {
  readonly value: Value;
  /** Metropolis, Glauber: where the proposal is accepted. Heat bath: where the value stays as it was. */
  readonly mark: Value;
  /** NaN where an energy is not a number, so that the rule cannot decide. */
  readonly criterion: Value;
}

/** The move of a spin +-1, with difference = E(+1) - E(-1) and beta = 1 / T. */
export function moveSpin(rule: MoveRule, own: Value, difference: Value, beta: Value, word: Value): Move {
  const { code } = word;
  if (rule === 'heat bath')
    return heatBath(own, flipped(code.float(-1), isBelow(difference.mul(beta), word)), difference);
  const gain = own.mul(difference); // E before the flip less E after it
  const isMoved = isAccepted(rule, gain.mul(beta), word);
  return { value: flipped(own, isMoved), mark: isMoved, criterion: difference };
}

/** The move of a label 0 ... q - 1, with the energy of every label. */
export function moveLabel(
  rule: MoveRule,
  own: Value,
  energies: readonly Value[],
  beta: Value,
  word: Value,
): Move {
  const { code } = word;
  if (rule === 'heat bath') {
    const least = energies.reduce((low, energy) => low.min(energy));
    let sum = code.float(0);
    const sums = energies.map((energy) => (sum = sum.add(exp(least.sub(energy).mul(beta)))));
    const point = uniformOf(word).mul(sum);
    const below = sums.slice(0, -1).map((part) => code.float(1).where(part.le(point), 0));
    return heatBath(
      own,
      below.reduce((count, one) => count.add(one)),
      sum,
    );
  }
  // the high word of the product selects one of the other labels, the low word is uniform again
  const others = energies.length - 1;
  const pick = word.mulHigh(others).toFloat();
  const proposed = pick.add(code.float(1).where(own.le(pick), 0));
  const at = (label: Value): Value =>
    energies.slice(1).reduce((value, energy, k) => energy.where(label.eq(k + 1), value), energies[0]);
  const gain = at(own).sub(at(proposed));
  const isMoved = isAccepted(rule, gain.mul(beta), word.mul(others));
  return { value: proposed.where(isMoved, own), mark: isMoved, criterion: gain };
}

/** With the other sign where the mask is true. */
const flipped = (spin: Value, mask: Value): Value =>
  spin
    .bits()
    .xor(spin.code.word(1 << 31).where(mask, 0))
    .asFloat();
const heatBath = (own: Value, value: Value, criterion: Value): Move => ({
  value,
  mark: value.eq(own),
  criterion,
});

const isAccepted = (rule: MoveRule, exponent: Value, word: Value): Value =>
  rule === 'metropolis' ? uniformOf(word).lt(exp(exponent)) : isBelow(exponent.neg(), word);

/** u < 1 / (1 + e^x) */
const isBelow = (x: Value, word: Value): Value =>
  unitsOf(word)
    .mul(exp(x).add(1))
    .lt(2 ** 32);
