// Couplings that follow agreement: an edge becomes strong where its ends agree, and fades where they differ,
//   dJ_ij/dt = r (exp(-d_ij^2 / w^2) - J_ij),    dx/dt = - grad of sum J_ij d_ij^2,    d_ij = |x_i - x_j|.
// Both go downhill on one function, which is never negative (a Lyapunov function of the two together),
//   L(x, J) = sum over <i,j> of J_ij d_ij^2 + w^2 (J_ij ln J_ij - J_ij + 1):
//   dL/dt = - |grad_x L|^2 - r w^2 sum of (ln J_ij - ln J*_ij)(J_ij - J*_ij) <= 0,    J*_ij = exp(-d_ij^2 /
// w^2),
// and where the couplings are fast, L(x, J*) is the Welsch law of `couplingLaw`. A step of any size lowers L:
// it is convex in J. Sources: EMTD section 4.1 (row EMTD-4.2); Black and Rangarajan, Int. J. Comput. Vis. 19
// (1996) 57, DOI 10.1007/BF00131148.
import type { Field } from '../../fields/index.js';
import type { Graph } from '../../graphs/index.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive, fraction } from '../../numerics/rules.js';
import { requireCouplings } from './plasticity.js';

const agreementOptions = {
  /** w, the distance at which a coupling fades to 1/e, in units of the field. */
  width: needed(positive),
};

const followOptions = { rate: needed(fraction), ...agreementOptions };

/** Options of `followAgreement` and `agreementLyapunov`. */
export interface AgreementOptions extends Options, OptionsOf<typeof agreementOptions> {}

/**
 * The couplings [edges] one step later: J_ij + rate (exp(-d_ij^2 / w^2) - J_ij), with the mean of d_ij^2 over
 * chains. `rate` is the share of the way that one step goes, 1 - e^(-r dt) in (0, 1].
 *
 * @param couplings J_ij before, in the order of the graph's edges; they are left as they are
 * @throws RangeError unless the field lives on the nodes, there is one coupling per edge, not negative, width
 * is positive and rate in (0, 1]
 * @example
 * dynamics.followAgreement(complete(2), [1], fieldFrom([0, 5]), { rate: 0.5, width: 1 }); // [0.5]: half of it is gone
 */
export function followAgreement(
  graph: Graph,
  couplings: ArrayLike<number>,
  state: Field,
  options: AgreementOptions & { readonly rate: number },
): Float64Array {
  const { rate, width } = readOptions<typeof followOptions>('followAgreement', options, followOptions);
  check('followAgreement', graph, couplings, state);
  if (rate === 0) throw new RangeError(`followAgreement: rate must be in (0, 1], got ${rate}`);
  return squaredDistances(graph, state).map(
    (d2, e) => couplings[e] + rate * (Math.exp(-d2 / width ** 2) - couplings[e]),
  );
}

/**
 * L(x, J), which neither the gradient flow of the field nor {@link followAgreement} ever raises; with the
 * mean of d_ij^2 over chains.
 *
 * @throws RangeError as {@link followAgreement}
 * @example
 * dynamics.agreementLyapunov(complete(2), [1], fieldFrom([0, 0]), { width: 1 }); // 0: agreement, fully coupled
 */
export function agreementLyapunov(
  graph: Graph,
  couplings: ArrayLike<number>,
  state: Field,
  options: AgreementOptions,
): number {
  const { width } = readOptions('agreementLyapunov', options, agreementOptions);
  check('agreementLyapunov', graph, couplings, state);
  return squaredDistances(graph, state).reduce(
    (sum, d2, e) => sum + couplings[e] * d2 + width ** 2 * price(couplings[e]),
    0,
  );
}

/** J ln J - J + 1, which is 1 at J = 0. */
const price = (J: number): number => (J === 0 ? 1 : J * Math.log(J) - J + 1);

/** `[edges]`: |x_i - x_j|^2, the mean over chains. */
function squaredDistances(
  { endpoints, edgeCount }: Graph,
  { values, components, chains }: Field,
): Float64Array {
  const lanes = components * chains;
  return Float64Array.from({ length: edgeCount }, (_, e) => {
    const [i, j] = [endpoints[2 * e] * lanes, endpoints[2 * e + 1] * lanes];
    let sum = 0;
    for (let k = 0; k < lanes; k++) sum += (values[i + k] - values[j + k]) ** 2;
    return sum / chains;
  });
}

function check(caller: string, graph: Graph, couplings: ArrayLike<number>, state: Field): void {
  requireCouplings(caller, graph, couplings, state);
  const wrong = Array.from(couplings).find((J) => !(J >= 0 && Number.isFinite(J)));
  if (wrong !== undefined)
    throw new RangeError(`${caller}: couplings must be finite and not negative, got ${wrong}`);
}
