// Linear Langevin dynamics with a temperature of its own for every coordinate, dx = - A x dt + sqrt(2 T) dW,
// H = x . A x / 2, T = diag(T_i). Its stationary law is Gaussian; the covariance C solves a Lyapunov
// equation, also at a finite step:
//   dt -> 0              A C + C A            = 2 T
//   Euler-Maruyama       A C + C A - dt A C A = 2 T
//   Leimkuhler-Matthews  A C + C A - dt A C A = 2 T - dt (A T + T A) / 2
// In modes of A, of rates a_k and with T_kl = u_k . T u_l, each is one division. If all T_i are equal the
// last is C = T A^-1 at any dt. As dt -> 0 the bath of coordinate i gives the heat T_i A_ii - (A C A)_ii per
// unit of time; the sum over all baths is 0. Sources: Gardiner, Handbook of Stochastic Methods (2009),
// section 4.5; Rieder, Lebowitz, Lieb, J. Math. Phys. 8 (1967) 1073, DOI 10.1063/1.1705319 (springs between
// two baths); the schemes of src/dynamics/langevin/langevin.ts.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { showAs } from '../../display/index.js';
import { matrixCard } from '../../graphs/index.js';
import { requireOnePer } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { nonNegative, oneOf, oneOrEach } from '../../numerics/rules.js';

const covarianceOptions = {
  /** T, in units of energy, k_B = 1: one for all coordinates, or one per coordinate. */
  temperature: needed(typed<number | ArrayLike<number>>(oneOrEach(nonNegative))),
  /** dt; 0 by default. */
  timeStep: byDefault(0, nonNegative),
  /** The integrator; `euler-maruyama` by default. */
  method: byDefault('euler-maruyama', oneOf('euler-maruyama', 'leimkuhler-matthews')),
};

/** Parameters of `langevinCovariance`. */
export interface CovarianceParameters extends Options, OptionsOf<typeof covarianceOptions> {}

/**
 * The stationary covariance <x_i x_j> under Langevin dynamics of H = x . A x / 2, [coordinates, coordinates].
 *
 * @param stiffness A, symmetric and positive definite
 * @throws RangeError for another matrix, temperatures that are negative or not one per coordinate, a step not
 * in [0, 2 / a_max)
 * @example
 * import { Matrix } from 'ml-matrix';
 * exact.langevinCovariance(new Matrix([[2, -1], [-1, 2]]), { temperature: [1, 3] }).to2DArray(); // [[5/6, 2/3], [2/3, 11/6]]
 */
export function langevinCovariance(stiffness: Matrix, parameters: CovarianceParameters): Matrix {
  const { temperature, timeStep, method } = readOptions('langevinCovariance', parameters, covarianceOptions);
  const n = stiffness.rows;
  const T =
    typeof temperature === 'number' ? new Array<number>(n).fill(temperature) : Array.from(temperature);
  requireOnePer('langevinCovariance', 'temperature', T, n, 'coordinate');
  return showAs(covarianceOf('langevinCovariance', stiffness, Matrix.diag(T), timeStep, method), matrixCard);
}

/** The stationary covariance under noise of the covariance 2 T dt per step, T any matrix. */
export function covarianceOf(
  caller: string,
  stiffness: Matrix,
  T: Matrix,
  dt: number,
  method: CovarianceParameters['method'],
): Matrix {
  if (!stiffness.isSymmetric()) {
    throw new RangeError(
      `${caller}: the stiffness must be symmetric, got ${stiffness.rows} x ${stiffness.columns}`,
    );
  }
  const { realEigenvalues: a, eigenvectorMatrix: U } = new EigenvalueDecomposition(stiffness, {
    assumeSymmetric: true,
  });
  if (a.some((rate) => !(rate > 0))) {
    throw new RangeError(
      `${caller}: the stiffness must be positive definite, got the eigenvalue ${Math.min(...a)}`,
    );
  }
  if (!(dt * Math.max(...a) < 2))
    throw new RangeError(`${caller}: timeStep must be below 2 / a_max = ${2 / Math.max(...a)}, got ${dt}`);
  const modes = U.transpose().mmul(T).mmul(U);
  for (let k = 0; k < a.length; k++) {
    for (let l = 0; l < a.length; l++) {
      const half = method === 'leimkuhler-matthews' ? (dt * (a[k] + a[l])) / 4 : 0;
      modes.set(k, l, (2 * (1 - half) * modes.get(k, l)) / (a[k] + a[l] - dt * a[k] * a[l]));
    }
  }
  return U.mmul(modes).mmul(U.transpose());
}
