// The discrete Gaussian free field: H = J sum over edges of J_ij |x_i - x_j|^2 with x_i in R^d and J_ij the
// graph's couplings. Mode k of the Laplacian (eigenvalue mu_k) is a spring of stiffness lambda_k = 2 J mu_k
// for each component; the mean (k = 0) costs nothing and is left out of every number here ("centred"), which
// leaves d (N - 1) modes. J = 1/2 gives H = x . L x / 2. Temperature in units of energy, k_B = 1, mobility 1.
// Sources: EMTD Definition 1.2; Sheffield, Probab. Theory Relat. Fields 139 (2007) 521,
// DOI 10.1007/s00440-006-0050-1.
import { counted, inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { requireInteger, requirePositive } from '../graph/check.js';
import { effectiveResistance, type Graph, laplacianSpectrum, logSpanningTrees } from '../graph/index.js';
import { freeFieldCard } from './display.js';
import { eulerMaruyamaRatio, stabilityBound } from './stepBias.js';

export interface GaussianFreeFieldParameters {
  readonly temperature: number;
  /** J in H = J sum of J_ij |x_i - x_j|^2; 1/2 by default. */
  readonly coupling?: number;
  /** d; 1 by default. */
  readonly components?: number;
}

/** The exact equilibrium of a Gaussian free field; spectrum and resistances are computed when asked for. */
export class GaussianFreeField {
  #stiffness: Float64Array | undefined;
  #resistance: ((a: number, b: number) => number) | undefined;

  constructor(
    readonly graph: Graph,
    readonly temperature: number,
    readonly coupling: number,
    readonly components: number,
  ) {}

  /** d (N - 1). */
  get modes(): number {
    return this.components * (this.graph.nodeCount - 1);
  }

  /** [N - 1]: lambda_k = 2 J mu_k, ascending; each is there d times. Energy over length squared, or rate. */
  get stiffness(): Float64Array {
    const twiceJ = 2 * this.coupling;
    return (this.#stiffness ??= laplacianSpectrum(this.graph).subarray(1).map((mu) => twiceJ * mu));
  }

  /** Equipartition: <H> = d (N - 1) T / 2. */
  get meanEnergy(): number {
    return (this.modes * this.temperature) / 2;
  }

  /** <H^2> - <H>^2 = d (N - 1) T^2 / 2: H / T has a Gamma(d (N - 1) / 2) law. */
  get energyVariance(): number {
    return (this.modes * this.temperature ** 2) / 2;
  }

  /**
   * F = -T ln Z over centred fields, orthonormal coordinates:
   * F = -(d (N - 1) / 2) T ln(pi T / J) + (d T / 2) ln(N tau), tau the (weighted) number of spanning trees.
   */
  get freeEnergy(): number {
    const { graph, temperature: T, coupling: J, components: d } = this;
    const logDeterminant = Math.log(graph.nodeCount) + logSpanningTrees(graph);
    return (T / 2) * (d * logDeterminant - this.modes * Math.log((Math.PI * T) / J));
  }

  /** S = (<H> - F) / T = -dF/dT. */
  get entropy(): number {
    return (this.meanEnergy - this.freeEnergy) / this.temperature;
  }

  /** W^2 = <sum over i of |x_i - mean|^2> / N = d T (sum over k of 1 / lambda_k) / N. */
  get disagreement(): number {
    const { graph, temperature: T, components: d } = this;
    return (d * T * this.stiffness.reduce((sum, lambda) => sum + 1 / lambda, 0)) / graph.nodeCount;
  }

  /** <|x_a - x_b|^2> = d T R_ab / (2 J), with R_ab the effective resistance. */
  pairVariance(a: number, b: number): number {
    this.#resistance ??= effectiveResistance(this.graph);
    return (this.components * this.temperature * this.#resistance(a, b)) / (2 * this.coupling);
  }

  /** [N - 1]: 1 / lambda_k, the slowest first: how long deviations last, with mobility 1. */
  get relaxationTimes(): Float64Array {
    return this.stiffness.map((lambda) => 1 / lambda);
  }

  /**
   * <H> at a time after all modes had the variance v (independent normals of variance v on the nodes):
   * (d / 2) sum over k of T + (lambda_k v - T) exp(-2 lambda_k t), from d J v Tr L to d (N - 1) T / 2.
   */
  relaxingEnergy(time: number, initialVariance: number): number {
    const { temperature: T, components: d } = this;
    const modeEnergy = (lambda: number): number =>
      (T + (lambda * initialVariance - T) * Math.exp(-2 * lambda * time)) / 2;
    return d * this.stiffness.reduce((sum, lambda) => sum + modeEnergy(lambda), 0);
  }

  /** 2 / lambda_max: from this time step on, Euler-Maruyama and Leimkuhler-Matthews diverge. */
  get stabilityBound(): number {
    return stabilityBound(this.stiffness[this.stiffness.length - 1]);
  }

  /** [N - 1]: the variance of each mode under Euler-Maruyama over its true one, 1 / (1 - lambda_k dt / 2). */
  eulerMaruyamaRatios(timeStep: number): Float64Array {
    return this.stiffness.map((lambda) => eulerMaruyamaRatio(lambda, timeStep));
  }

  /** <H> under Euler-Maruyama over d (N - 1) T / 2: the mean over modes of {@link eulerMaruyamaRatios}. */
  eulerMaruyamaEnergyRatio(timeStep: number): number {
    return this.eulerMaruyamaRatios(timeStep).reduce((sum, ratio) => sum + ratio, 0) / this.stiffness.length;
  }

  toString(): string {
    const { graph, temperature, coupling, components } = this;
    return `Gaussian free field on ${graph.name}: T = ${temperature}, J = ${coupling}, ${counted(components, 'component')}`;
  }

  [jupyterDisplay](): MimeBundle {
    return freeFieldCard(this);
  }

  [inspectText](): string {
    return `GaussianFreeField { ${this.toString()} }`;
  }
}

/**
 * The exact Gaussian free field on a connected graph of at least two nodes.
 *
 * @throws RangeError unless temperature and coupling are positive, components a positive integer, and the
 *   graph connected; when asked for what takes dense linear algebra, above 2048 nodes
 * @example
 * const field = gaussianFreeField(ring(10), { temperature: 1 });
 * field.meanEnergy; // 4.5
 * field.disagreement; // 0.825
 * field.pairVariance(0, 1); // 0.9
 */
export function gaussianFreeField(
  graph: Graph,
  { temperature, coupling = 1 / 2, components = 1 }: GaussianFreeFieldParameters,
): GaussianFreeField {
  requireInteger('gaussianFreeField', 'nodeCount', graph.nodeCount, 2);
  requirePositive('gaussianFreeField', 'temperature', temperature);
  requirePositive('gaussianFreeField', 'coupling', coupling);
  requireInteger('gaussianFreeField', 'components', components, 1);
  if (graph.componentCount > 1) {
    throw new RangeError(
      `gaussianFreeField: the graph must be connected, got ${graph.componentCount} components`,
    );
  }
  return new GaussianFreeField(graph, temperature, coupling, components);
}
