// Transport with entropic regularisation: the plan P = diag(a) exp(-c / r) diag(b) with the right supplies
// and demands, found by scaling rows and columns in turn, in logarithms so that a small r does not underflow.
// As r falls the plan becomes the cheapest one. The marginals of the plan are approximate; a correction makes
// them exact, so its cost is never below the least cost. Sources: Cuturi, NeurIPS 26 (2013) 2292,
// arXiv:1306.0895; rounding: Altschuler, Weed, Rigollet, NeurIPS 30 (2017) 1961,
// arXiv:1705.09634, algorithm 2.
import { dot } from '../numerics/conjugateGradient.js';
import { logSum } from '../numerics/logSum.js';
import { sumOf, type Transport } from './optimalTransport.js';

/**
 * Greatest number of scaling rounds, and the share of misplaced mass at which they end; the correction moves
 * it.
 */
const MOST_ROUNDS = 10_000;
const MISPLACED = 1e-9;

/** The cost of a plan with regularisation r, in the unit of the costs. */
export function sinkhornCost({ supplies, demands, costs }: Transport, regularisation: number): number {
  const [rows, columns] = [supplies.length, demands.length];
  const [logA, logB] = [new Float64Array(rows), new Float64Array(columns)];
  const exponent = (i: number, j: number): number =>
    logA[i] + logB[j] - costs[i * columns + j] / regularisation;
  const total = sumOf(supplies);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let misplaced = 0;
    for (let i = 0; i < rows; i++) {
      const log = logSum(demands.map((_, j) => exponent(i, j)));
      misplaced += Math.abs(Math.exp(log) - supplies[i]);
      logA[i] += Math.log(supplies[i]) - log;
    }
    if (round > 0 && misplaced < MISPLACED * total) break;
    for (let j = 0; j < columns; j++)
      logB[j] += Math.log(demands[j]) - logSum(supplies.map((_, i) => exponent(i, j)));
  }
  const plan = Float64Array.from(costs, (_, k) => Math.exp(exponent(Math.floor(k / columns), k % columns)));
  return dot(correct(plan, supplies, demands), costs);
}

/**
 * Scales down rows, then columns, that have too much mass, and adds the outer product of the missing supplies
 * and demands.
 */
function correct(plan: Float64Array, supplies: Float64Array, demands: Float64Array): Float64Array {
  const [rows, columns] = [supplies.length, demands.length];
  for (let i = 0; i < rows; i++) scaleDown(plan, i * columns, 1, columns, supplies[i]);
  const missingDemand = demands.map((demand, j) => scaleDown(plan, j, columns, rows, demand));
  const missingSupply = supplies.map((supply, i) =>
    Math.max(0, supply - sumOf(plan.subarray(i * columns, (i + 1) * columns))),
  );
  const missing = sumOf(missingSupply);
  for (let k = 0; missing > 0 && k < plan.length; k++) {
    plan[k] += (missingSupply[Math.floor(k / columns)] * missingDemand[k % columns]) / missing;
  }
  return plan;
}

/** Scales `count` entries down to a sum of at most `most`. @returns `most` minus their sum */
function scaleDown(plan: Float64Array, begin: number, stride: number, count: number, most: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += plan[begin + k * stride];
  if (sum <= most) return most - sum;
  for (let k = 0; k < count; k++) plan[begin + k * stride] *= most / sum;
  return 0;
}
