// Labels and numbers on the cards of the solved models: Ising, Potts, XY and Hopfield on lattices, trees and complete graphs.
import { type Facts, formatNumber } from '../display/index.js';

/** Numbers of a result under their names, in the order of the names, without undefined ones. */
export function numbers<Result extends object>(result: Result, names: Partial<Record<keyof Result, string>>): Facts {
  const value = (key: string): string | undefined => {
    const number = result[key as keyof Result] as number | undefined;
    return number === undefined ? undefined : formatNumber(number);
  };
  return Object.fromEntries(Object.entries<string | undefined>(names).map(([key, name]) => [name, value(key)]));
}

export const perSpin = {
  energyPerSpin: 'energy per spin', freeEnergyPerSpin: 'free energy per spin', heatCapacityPerSpin: 'heat capacity per spin',
} as const;

export const ordering = { criticalTemperature: 'critical temperature', magnetisation: 'magnetisation' } as const;
