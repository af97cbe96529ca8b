// Langevin steps of a Gaussian field whose gradient is estimated from m of the E edges, drawn in each step
// without replacement:
//   H = J sum over edges of J_ij |x_i - x_j|^2 + (kappa / 2) sum over nodes of |x_i|^2,
//   A = sum of K_e + kappa,   K_e = 2 J J_ij b_e b_e^T
//   x' = x - dt g + sqrt(2 T dt) xi,   g = ((E / m) sum over the batch of K_e + kappa) x
// The estimate has the covariance, over batches,
//   Cov(g) = ((E - m) / m) (E / (E - 1)) (sum over e of K_e C K_e - K C K / E),   K = sum of K_e,  C = <x x>,
// whose noise adds to the heat bath's: the covariance obeys the Lyapunov equation of Euler-Maruyama with an
// excess temperature,
//   A C + C A - dt A C A = 2 (T + (dt / 2) Cov(g)).
// The law itself is not Gaussian. Sources: Welling, Teh, Proc. ICML (2011) 681; Cochran, Sampling Techniques
// (1977), theorem 2.2 (the variance of a sum estimated without replacement).
import { Matrix } from 'ml-matrix';
import { card, formatNumber, printAs, rangeText } from '../../display/index.js';
import { type Graph, laplacian, requireUnsigned } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, positive } from '../../numerics/rules.js';
import { type AtTemperature, atTemperature } from '../modelNumbers.js';
import { springOptions } from './gaussianFreeField.js';
import { covarianceOf } from './langevinCovariance.js';

const sgldOptions = {
  /** kappa; without it the mean of the field has no stationary law. */
  pin: needed(positive),
  /** dt. */
  timeStep: needed(positive),
  /** m, edges per step. */
  batch: needed(integer(1)),
};

/** Parameters of `sgldCovariance`. */
export interface SgldParameters
  extends AtTemperature,
    OptionsOf<typeof springOptions>,
    OptionsOf<typeof sgldOptions> {}

/** The stationary covariance of Langevin steps with batches of edges, and the excess noise. */
export interface SgldCovariance {
  /** `[nodes, nodes]`: <x_i x_j> of one component. */
  readonly covariance: Matrix;
  /** `[nodes, nodes]`: (dt / 2) Cov(g), a temperature at each node on the diagonal. */
  readonly excess: Matrix;
}

/** Greatest number of iterations towards the fixed point. */
const MOST_ROUNDS = 10_000;

/**
 * The stationary covariance of `sgld` on a Gaussian field, and its excess temperature.
 *
 * @throws RangeError unless temperature, J, pin and timeStep are positive, timeStep below 2 / a_max and batch
 * an integer in [1, edges]; if the second moments are infinite
 * @example
 * const { excess } = exact.sgldCovariance(ring(6), { temperature: 1, J: 1 / 2, pin: 1, timeStep: 0.1, batch: 2 });
 * excess.get(0, 0); // 0.149: node 0 is as hot as 1.149
 */
export function sgldCovariance(graph: Graph, parameters: SgldParameters): SgldCovariance {
  requireUnsigned('sgldCovariance', graph);
  const { temperature, J, pin, timeStep, batch } = readOptions('sgldCovariance', parameters, {
    ...atTemperature,
    ...springOptions,
    ...sgldOptions,
  });
  requireInteger('sgldCovariance', 'batch', batch, 1, graph.edgeCount);
  const { nodeCount: N, edgeCount: E, endpoints } = graph;
  const K = laplacian(graph).mul(2 * J);
  const A = Matrix.add(K, Matrix.eye(N).mul(pin));
  const share = batch === E ? 0 : ((E - batch) / batch) * (E / (E - 1));

  /** (dt / 2) Cov(g) of a field of covariance C. */
  const excessOf = (C: Matrix): Matrix => {
    const sum = K.mmul(C).mmul(K).div(-E);
    for (let e = 0; e < E; e++) {
      const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
      const along = (2 * J * graph.coupling(e)) ** 2 * (C.get(i, i) + C.get(j, j) - 2 * C.get(i, j));
      for (const [a, b, sign] of [
        [i, i, 1],
        [j, j, 1],
        [i, j, -1],
        [j, i, -1],
      ])
        sum.set(a, b, sum.get(a, b) + sign * along);
    }
    return sum.mul((share * timeStep) / 2);
  };
  const bath = Matrix.eye(N).mul(temperature);
  let excess = Matrix.zeros(N, N);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const covariance = covarianceOf(
      'sgldCovariance',
      A,
      Matrix.add(bath, excess),
      timeStep,
      'euler-maruyama',
    );
    const next = excessOf(covariance);
    const change = Matrix.sub(next, excess).norm();
    if (!Number.isFinite(change)) break;
    excess = next;
    const converged = change <= 1e-14 * (temperature + excess.norm());
    if (converged) return printAs<SgldCovariance>({ covariance, excess }, sgldCard(temperature));
  }
  throw new RangeError(
    `sgldCovariance: timeStep ${timeStep} is too large for batches of ${batch} of ${E} edges: the second moments are infinite`,
  );
}

const sgldCard =
  (temperature: number) =>
  ({ covariance, excess }: SgldCovariance) =>
    card('Gaussian field under minibatched Langevin steps', {
      law: 'biased: not exp(-H/T)',
      temperature: formatNumber(temperature),
      'excess temperature of a node': rangeText(excess.diagonal()),
      'variance of a node': rangeText(covariance.diagonal()),
    });
