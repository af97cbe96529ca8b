// Readings of "replacement" in which states compete for the air: phi_k, the rate (over sigma) at which air
// condenses as state k on a node that holds m.
//   majority        u e^(beta m_k) / sum_l e^(beta m_l)     the air takes the more frequent state, as a Potts
// spin does
//   autocatalytic   u m_k^2 / (K^2 + m_k^2)                 two quanta of a state make a third; half of the
// maximal rate at m_k = K
//   contact         u m_k max(0, 1 - sum_l m_l / K)         one quantum of a state makes another, on a node
// with K places
// Only the first two select: under `contact` every mixture of states grows alike (neutral competition), and
// chance alone decides. Sources: Murray, Mathematical Biology I (2002), sections 3.5, 6.7,
// doi:10.1007/b98868; Kimura, Nature 217 (1968) 624, doi:10.1038/217624a0, for the neutral one; rows AE-16,
// AE-22.
import { checkOptions, needed } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import type { Replacement } from './presence.js';

/**
 * Majority replacement, phi_k = u e^(beta m_k) / sum_l e^(beta m_l).
 *
 * @param options.beta per unit of mass
 * @example
 * const air = ambient.presence(complete(10), { decay: 0.5, release: 0.2, states: 2, replacement: ambient.majorityReplacement({ beta: 1 }) });
 * ambient.pitchfork(air).criticalMass; // 25
 */
export function majorityReplacement(options: { readonly beta: number }): Replacement {
  checkOptions('majorityReplacement', options, { beta: needed(positive) });
  const { beta } = options;
  return (m, u) => m.mul(beta).softmax().mul(u);
}

/**
 * Autocatalytic replacement, phi_k = u m_k^2 / (K^2 + m_k^2).
 *
 * @param options.half K: the mass at half of the maximal rate
 * @example
 * const air = ambient.presence(complete(10), { decay: 0.5, release: 0.2, replacement: ambient.autocatalyticReplacement({ half: 1 }) });
 * (await ambient.relax(air, new Float64Array(11).fill(2), { time: 50 })).state[0]; // 1.638
 */
export function autocatalyticReplacement(options: { readonly half: number }): Replacement {
  checkOptions('autocatalyticReplacement', options, { half: needed(positive) });
  const { half: K } = options;
  return (m, u) =>
    m
      .square()
      .div(m.square().add(K * K))
      .mul(u);
}

/**
 * Contact replacement, phi_k = u m_k max(0, 1 - sum_l m_l / K).
 *
 * @param options.capacity K: the mass that a node has places for
 * @example
 * const air = ambient.presence(complete(10), { decay: 0.5, release: 0.2, replacement: ambient.contactReplacement({ capacity: 1 }) });
 * (await ambient.relax(air, new Float64Array(11).fill(0.5), { time: 50 })).state[0]; // 0.2267
 */
export function contactReplacement(options: { readonly capacity: number }): Replacement {
  checkOptions('contactReplacement', options, { capacity: needed(positive) });
  const { capacity: K } = options;
  return (m, u) => m.mul(m.sum().div(-K).add(1).max(0)).mul(u);
}
