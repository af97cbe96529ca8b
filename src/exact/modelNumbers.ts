// What the solved models have in common: averages of finite systems, and cards with labels and numbers.
import { card, type Facts, formatNumber, type MimeBundle, type Picture } from '../display/index.js';

/** Averages of a finite system at one temperature. */
export interface Equilibrium {
  /** <H>. */
  readonly meanEnergy: number;
  /** <H^2> - <H>^2 = T^2 d<H>/dT. */
  readonly energyVariance: number;
  /** F = -T ln Z. */
  readonly freeEnergy: number;
}

/** A card of the parameters, then of numbers of the result under their names, without undefined ones. */
export const modelCard =
  <Result extends object>(
    heading: string,
    parameters: Facts,
    names: Partial<Record<keyof Result, string>>,
    picture?: (result: Result) => Picture,
  ) =>
  (result: Result): MimeBundle => {
    const numbers = Object.entries<string | undefined>(names).map(([key, name]) => [
      name,
      result[key as keyof Result],
    ]);
    const facts = [...Object.entries(parameters), ...numbers].map(([name, x]) => [
      name,
      typeof x === 'number' ? formatNumber(x) : x,
    ]);
    return card(heading, Object.fromEntries(facts) as Facts, picture ? { picture: picture(result) } : {});
  };

export const perSpin = {
  energyPerSpin: 'energy per spin',
  freeEnergyPerSpin: 'free energy per spin',
  heatCapacityPerSpin: 'heat capacity per spin',
} as const;

export const ordering = {
  criticalTemperature: 'critical temperature',
  magnetisation: 'magnetisation',
} as const;

export const finite = { meanEnergy: 'mean energy', freeEnergy: 'free energy' } as const;
