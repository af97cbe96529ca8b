// What the solved models have in common: the names of their averages, their parameters, and cards with labels
// and numbers. The same question has the same name on every model; what ends in PerNode is divided by the
// number of nodes, so that a finite model and an infinite one can be compared.
import { card, type Facts, formatNumber, type Picture } from '../display/index.js';
import { byDefault, needed, type Options, type OptionsOf } from '../numerics/options.js';
import { positive } from '../numerics/rules.js';

export const atTemperature = {
  /** T, in units of energy; k_B = 1. */
  temperature: needed(positive),
};

/** The temperature; options that need it and others extend this, so that the words stay with it. */
export interface AtTemperature extends Options, OptionsOf<typeof atTemperature> {}

export const meanFieldOptions = {
  ...atTemperature,
  /** The coupling; 1 by default. */
  J: byDefault(1, positive),
};

/** Temperature and coupling of an exact result. */
export interface MeanFieldParameters extends Options, OptionsOf<typeof meanFieldOptions> {}

/** Averages of a whole system in equilibrium at one temperature. */
export interface Equilibrium {
  /** <H>. */
  readonly meanEnergy: number;
  /** <H^2> - <H>^2 = T^2 d<H>/dT. */
  readonly energyVariance: number;
  /** F = -T ln Z. */
  readonly freeEnergy: number;
  /** S = (<H> - F) / T = -dF/dT, in nats; as a difference it is good to about 1e-16 |F| / T. */
  readonly entropy: number;
  /** C = d<H>/dT. */
  readonly heatCapacity: number;
}

/** Averages in equilibrium over the number of nodes, N; the limit of these for an infinite model. */
export interface EquilibriumPerNode {
  /** <H> / N. */
  readonly meanEnergyPerNode: number;
  /** F / N = -T ln Z / N. */
  readonly freeEnergyPerNode: number;
  /** S / N = (<H> - F) / (T N), in nats; as a difference it is good to about 1e-16 |F| / (T N). */
  readonly entropyPerNode: number;
  /** C / N = d<H>/dT / N. */
  readonly heatCapacityPerNode: number;
}

type Averages = Pick<Equilibrium, 'meanEnergy' | 'energyVariance' | 'freeEnergy'>;

/** All numbers of a finite system of N nodes; the entropy is given where it is known without a difference. */
export function finiteEquilibrium(
  N: number,
  T: number,
  { meanEnergy, energyVariance, freeEnergy }: Averages,
  entropy = (meanEnergy - freeEnergy) / T,
): Equilibrium & EquilibriumPerNode {
  const heatCapacity = energyVariance / T / T;
  return {
    meanEnergy,
    energyVariance,
    freeEnergy,
    entropy,
    heatCapacity,
    meanEnergyPerNode: meanEnergy / N,
    freeEnergyPerNode: freeEnergy / N,
    entropyPerNode: entropy / N,
    heatCapacityPerNode: heatCapacity / N,
  };
}

/** A card of the parameters, then of numbers of the result under their names, without undefined ones. */
export const modelCard =
  <Result extends object>(
    heading: string,
    parameters: Facts,
    names: Partial<Record<keyof Result, string>>,
    picture?: (result: Result) => Picture,
  ) =>
  (result: Result) => {
    const numbers = Object.entries<string | undefined>(names).map(([key, name]) => [
      name,
      result[key as keyof Result],
    ]);
    const facts = [...Object.entries(parameters), ...numbers].map(([name, x]) => [
      name,
      typeof x === 'number' ? formatNumber(x) : x,
    ]);
    return card(heading, Object.fromEntries(facts) as Facts, picture && picture(result));
  };

export const perNode = {
  meanEnergyPerNode: 'energy per node',
  freeEnergyPerNode: 'free energy per node',
  entropyPerNode: 'entropy per node',
  heatCapacityPerNode: 'heat capacity per node',
} as const;

export const ordering = {
  criticalTemperature: 'critical temperature',
  magnetisation: 'magnetisation',
} as const;

export const whole = {
  meanEnergy: 'mean energy',
  freeEnergy: 'free energy',
  entropy: 'entropy',
  heatCapacity: 'heat capacity',
} as const;
