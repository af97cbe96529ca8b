// How the solved models show: the numbers of Ising, Potts, XY and Hopfield on lattices, trees and complete graphs.
import { captioned, card, counted, type Facts, formatNumber, type MimeBundle, sparkline } from '../display/index.js';
import type { BetheIsing } from './betheIsing.js';
import type { BethePercolation } from './bethePercolation.js';
import type { CompleteIsing } from './completeIsing.js';
import type { CompletePotts } from './completePotts.js';
import type { CurieWeiss } from './curieWeiss.js';
import type { FadingMeanField } from './fadingMeanField.js';
import type { LatticeFront } from './latticeFront.js';
import type { HopfieldParameters, HopfieldRetrieval } from './hopfield.js';
import type { MeanFieldPotts } from './meanFieldPotts.js';
import type { MeanFieldXY } from './meanFieldXY.js';
import type { PinnedBranches } from './pinnedSpins.js';
import type { RingIsing } from './ringIsing.js';
import type { SquareIsing } from './squareIsing.js';
import type { SquarePotts } from './squarePotts.js';

/** Numbers of a result under their names, in the order of the names; what is undefined is left out. */
function numbers<Result extends object>(result: Result, names: Partial<Record<keyof Result, string>>): Facts {
  const value = (key: string): string | undefined => {
    const number = result[key as keyof Result] as number | undefined;
    return number === undefined ? undefined : formatNumber(number);
  };
  return Object.fromEntries(Object.entries<string | undefined>(names).map(([key, name]) => [name, value(key)]));
}

const perSpin = {
  energyPerSpin: 'energy a spin', freeEnergyPerSpin: 'free energy a spin', heatCapacityPerSpin: 'heat capacity a spin',
} as const;

export const curieWeissCard = (temperature: number) => (result: CurieWeiss): MimeBundle => {
  const m = Array.from({ length: 101 }, (_, k) => k / 50 - 1);
  return card('Curie-Weiss model', {
    temperature: formatNumber(temperature),
    ...numbers(result, {
      criticalTemperature: 'critical temperature', magnetisation: 'magnetisation', ...perSpin, barrier: 'barrier a spin',
      susceptibility: 'susceptibility',
    }),
  }, { picture: captioned(sparkline([m.map((x) => result.freeEnergyAt(x))]), ['free energy by magnetisation, -1 to 1']) });
};

export const fadingCard = (result: FadingMeanField): MimeBundle =>
  card('Spins that fade, mean field', numbers(result, { presence: 'presence', order: 'order', criticalTemperature: 'critical temperature' }));

export const pinnedCard = (branches: PinnedBranches): MimeBundle =>
  card('Magnetisations under pinned spins', numbers(branches, { captured: 'captured', unstable: 'unstable', held: 'held' }));

export const completeIsingCard = ({ N, temperature, J }: { N: number; temperature: number; J: number }) =>
  (result: CompleteIsing): MimeBundle =>
    card(`Ising model on the complete graph of ${counted(N, 'spin')}, exact`, {
      temperature: formatNumber(temperature),
      'coupling J': formatNumber(J),
      ...numbers(result, {
        meanEnergy: 'mean energy', freeEnergy: 'free energy', meanAbsMagnetisation: 'mean |magnetisation|', binder: 'Binder cumulant',
        susceptibility: 'susceptibility',
      }),
    }, { picture: captioned(sparkline([result.probabilities]), ['probability by magnetisation']) });

export const ringIsingCard = ({ N, temperature, J }: { N: number; temperature: number; J: number }) => (result: RingIsing): MimeBundle =>
  card(N === Infinity ? 'Ising chain, infinite' : `Ising ring of ${counted(N, 'spin')}, exact`, {
    temperature: formatNumber(temperature),
    'coupling J': formatNumber(J),
    ...numbers(result, { ...perSpin, magnetisation: 'magnetisation', susceptibility: 'susceptibility', correlationLength: 'correlation length' }),
  });

const ordering = { criticalTemperature: 'critical temperature', magnetisation: 'magnetisation' } as const;

export const squareIsingCard = (temperature: number) => (result: SquareIsing): MimeBundle =>
  card('Ising model on the square lattice, exact', { temperature: formatNumber(temperature), ...numbers(result, { ...ordering, ...perSpin }) });

export const betheIsingCard = (z: number, temperature: number) => (result: BetheIsing): MimeBundle =>
  card(`Ising model on the Bethe lattice of degree ${z}`, {
    temperature: formatNumber(temperature),
    ...numbers(result, { ...ordering, energyPerSpin: perSpin.energyPerSpin, freeEnergyPerSpin: perSpin.freeEnergyPerSpin }),
  });

export const meanFieldXYCard = (temperature: number) => (result: MeanFieldXY): MimeBundle =>
  card('Mean-field XY model', {
    temperature: formatNumber(temperature),
    ...numbers(result, {
      criticalTemperature: 'critical temperature', order: 'order r', energyPerSpin: 'energy an angle', freeEnergyPerSpin: 'free energy an angle',
    }),
  });

export const squarePottsCard = (q: number) => (result: SquarePotts): MimeBundle =>
  card(`Potts model of ${q} states on the square lattice`, numbers(result, {
    criticalTemperature: 'critical temperature', criticalEnergy: 'energy there, a site', latentHeat: 'latent heat a site',
  }));

export const meanFieldPottsCard = (q: number) => (result: MeanFieldPotts): MimeBundle =>
  card(`Potts model of ${q} states in mean field`, numbers(result, {
    criticalBeta: 'transition, 1 / T', jump: 'jump of the order', latentHeat: 'latent heat a node',
    orderedSpinodal: 'ordered states from 1 / T', disorderedSpinodal: 'disordered states to 1 / T',
  }));

export const completePottsCard = ({ N, q, temperature }: { N: number; q: number; temperature: number }) =>
  (result: CompletePotts): MimeBundle =>
    card(`Potts model of ${q} states on the complete graph of ${counted(N, 'node')}, exact`, {
      temperature: formatNumber(temperature),
      ...numbers(result, { meanEnergy: 'mean energy', freeEnergy: 'free energy', meanOrder: 'mean order' }),
    }, { picture: captioned(sparkline([result.majorityLaw]), ['probability by nodes of the most frequent label']) });

export const hopfieldCard = ({ load, temperature = 0 }: HopfieldParameters) => (result: HopfieldRetrieval): MimeBundle =>
  card('Hopfield network, retrieval', {
    load: formatNumber(load),
    temperature: formatNumber(temperature),
    ...numbers(result, { overlap: 'overlap m', edwardsAnderson: 'q', noise: 'noise r' }),
  });

export const latticeFrontCard = (front: LatticeFront): MimeBundle =>
  card('Front on a line', numbers(front, { speed: 'speed, nodes a time', continuum: 'of the continuum', steepness: 'steepness' }));

export const bethePercolationCard = (z: number, keep: number) => (result: BethePercolation): MimeBundle =>
  card(`percolation on random regular graphs, degree ${z}`, {
    'share that survives': formatNumber(keep),
    ...numbers(result, { threshold: 'threshold', largest: 'survivors in the largest part', brokenPairs: 'pairs without a path' }),
  });
