// The discrete Gaussian free field: H = J sum over edges of J_ij |x_i - x_j|^2 with x_i in R^d and J_ij the
// graph's couplings. Mode k of the Laplacian (eigenvalue mu_k) is a spring of stiffness lambda_k = 2 J mu_k
// for each component; the mean (k = 0) costs nothing and no number here includes it ("centred"), which leaves
// d (N - 1) modes. Books that write H = x . L x / 2 have J = 1/2. Mobility 1.
// Sources: EMTD Definition 1.2; Sheffield, Probab. Theory Relat. Fields 139 (2007) 521, DOI
// 10.1007/s00440-006-0050-1.
import {
  card,
  countText,
  formatNumber,
  inspectText,
  jupyterDisplay,
  type MimeBundle,
  numeral,
  sparkline,
} from '../../display/index.js';
import {
  effectiveResistance,
  type Graph,
  laplacianSpectrum,
  logSpanningTrees,
  requireUnsigned,
} from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, positive } from '../../numerics/rules.js';
import {
  type AtTemperature,
  atTemperature,
  type Equilibrium,
  type EquilibriumPerNode,
} from '../modelNumbers.js';
import { eulerMaruyamaRatio, stabilityBound } from './stepBias.js';

export const springOptions = {
  /** J in H = J sum of J_ij |x_i - x_j|^2, as in `interaction`; 1 by default. */
  J: byDefault(1, positive),
};

const freeFieldOptions = {
  ...springOptions,
  /** d, the number of components of each x_i; 1 by default. */
  components: byDefault(1, integer(1)),
};

/** Parameters of `gaussianFreeField`. */
export interface GaussianFreeFieldParameters extends AtTemperature, OptionsOf<typeof freeFieldOptions> {}

/**
 * The exact equilibrium of a Gaussian free field; spectrum and resistances are computed at the first use.
 *
 * @example
 * const field = exact.gaussianFreeField(karateClub(), { temperature: 0.5 });
 * String(field); // 'Gaussian free field on karateClub: T = 0.5, J = 1, 1 component'
 * field.relaxationTimes[0]; // 1.067
 */
export class GaussianFreeField implements Equilibrium, EquilibriumPerNode {
  #stiffness: Float64Array | undefined;
  #resistance: ((a: number, b: number) => number) | undefined;

  constructor(
    readonly graph: Graph,
    readonly temperature: number,
    readonly J: number,
    readonly components: number,
  ) {}

  /** d (N - 1). */
  get modes(): number {
    return this.components * (this.graph.nodeCount - 1);
  }

  /** `[N - 1]`: lambda_k = 2 J mu_k, ascending; each occurs d times. Energy over length squared, or rate. */
  get stiffness(): Float64Array {
    return (this.#stiffness ??= laplacianSpectrum(this.graph)
      .subarray(1)
      .map((mu) => 2 * this.J * mu));
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
    const { graph, temperature: T, J, components: d } = this;
    const logDeterminant = Math.log(graph.nodeCount) + logSpanningTrees(graph);
    return (T / 2) * (d * logDeterminant - this.modes * Math.log((Math.PI * T) / J));
  }

  /** S = (<H> - F) / T = -dF/dT. */
  get entropy(): number {
    return (this.meanEnergy - this.freeEnergy) / this.temperature;
  }

  /** C = d<H>/dT = d (N - 1) / 2. */
  get heatCapacity(): number {
    return this.modes / 2;
  }

  get meanEnergyPerNode(): number {
    return this.meanEnergy / this.graph.nodeCount;
  }

  get freeEnergyPerNode(): number {
    return this.freeEnergy / this.graph.nodeCount;
  }

  get entropyPerNode(): number {
    return this.entropy / this.graph.nodeCount;
  }

  get heatCapacityPerNode(): number {
    return this.heatCapacity / this.graph.nodeCount;
  }

  /** W^2 = <sum over i of |x_i - mean|^2> / N = d T (sum over k of 1 / lambda_k) / N. */
  get disagreement(): number {
    const { graph, temperature: T, components: d } = this;
    return (d * T * this.stiffness.reduce((sum, lambda) => sum + 1 / lambda, 0)) / graph.nodeCount;
  }

  /** <|x_a - x_b|^2> = d T R_ab / (2 J), with R_ab the effective resistance. */
  pairVariance(a: number, b: number): number {
    this.#resistance ??= effectiveResistance(this.graph);
    return (this.components * this.temperature * this.#resistance(a, b)) / (2 * this.J);
  }

  /** `[N - 1]`: 1 / lambda_k, the slowest first: the lifetimes of deviations at mobility 1. */
  get relaxationTimes(): Float64Array {
    return this.stiffness.map((lambda) => 1 / lambda);
  }

  /**
   * <H> at a time after all modes had the variance v (independent normals of variance v on the nodes):
   * (d / 2) sum over k of T + (lambda_k v - T) exp(-2 lambda_k t), from d J v Tr L to d (N - 1) T / 2.
   */
  relaxingEnergy(time: number, initialVariance: number): number {
    const { temperature: T, components: d } = this;
    return (
      (d / 2) *
      this.stiffness.reduce(
        (sum, lambda) => sum + T + (lambda * initialVariance - T) * Math.exp(-2 * lambda * time),
        0,
      )
    );
  }

  /** 2 / lambda_max: from this time step on, Euler-Maruyama and Leimkuhler-Matthews diverge. */
  get stabilityBound(): number {
    return stabilityBound(this.stiffness[this.stiffness.length - 1]);
  }

  /**
   * `[N - 1]`: the variance of each mode under Euler-Maruyama over its true one, 1 / (1 - lambda_k dt / 2).
   */
  eulerMaruyamaRatios(timeStep: number): Float64Array {
    return this.stiffness.map((lambda) => eulerMaruyamaRatio(lambda, timeStep));
  }

  /** <H> under Euler-Maruyama over d (N - 1) T / 2: the mean over modes of {@link eulerMaruyamaRatios}. */
  eulerMaruyamaEnergyRatio(timeStep: number): number {
    return this.eulerMaruyamaRatios(timeStep).reduce((sum, ratio) => sum + ratio, 0) / this.stiffness.length;
  }

  toString(): string {
    const { graph, temperature, J, components } = this;
    return `Gaussian free field on ${graph.name}: T = ${temperature}, J = ${J}, ${countText(components, 'component')}`;
  }

  [jupyterDisplay](): MimeBundle {
    return freeFieldCard(this);
  }

  [inspectText](): string {
    return `GaussianFreeField { ${this.toString()} }`;
  }
}

/**
 * The exact Gaussian free field on a connected graph of at least two nodes: numbers on the nodes, with a
 * spring on each edge, in a heat bath.
 *
 * @throws RangeError unless temperature and J are positive, components a positive integer, and the
 *   graph connected; its members that need dense linear algebra throw it above 2048 nodes
 * @example
 * const field = exact.gaussianFreeField(ring(10), { temperature: 1 });
 * field.meanEnergy; // 4.5
 * field.disagreement; // 0.4125
 * field.pairVariance(0, 1); // 0.45
 */
export function gaussianFreeField(graph: Graph, parameters: GaussianFreeFieldParameters): GaussianFreeField {
  const { temperature, J, components } = readOptions('gaussianFreeField', parameters, {
    ...atTemperature,
    ...freeFieldOptions,
  });
  requireUnsigned('gaussianFreeField', graph);
  requireInteger('gaussianFreeField', 'nodeCount', graph.nodeCount, 2);
  if (graph.componentCount > 1) {
    throw new RangeError(
      `gaussianFreeField: the graph must be connected, got ${graph.componentCount} components`,
    );
  }
  return new GaussianFreeField(graph, temperature, J, components);
}

/** With so many nodes the spectrum takes a few hundredths of a second. */
const mostNodes = 100;

function freeFieldCard(field: GaussianFreeField) {
  const { graph, temperature, J, components, modes, meanEnergy, energyVariance } = field;
  const small = graph.nodeCount <= mostNodes;
  const spectral = (value: () => number): string =>
    small ? formatNumber(value()) : 'computed when asked for';
  return card(
    `Gaussian free field on ${graph.name}`,
    {
      temperature: formatNumber(temperature),
      'coupling J': formatNumber(J),
      'modes d (N − 1)': components === 1 ? numeral(modes) : `${numeral(modes)}, d = ${components}`,
      'mean energy': formatNumber(meanEnergy),
      'energy variance': formatNumber(energyVariance),
      'free energy': spectral(() => field.freeEnergy),
      'disagreement W²': spectral(() => field.disagreement),
      'stability bound': spectral(() => field.stabilityBound),
    },
    small && sparkline([field.stiffness]),
    'stiffness of the modes, ascending',
  );
}
