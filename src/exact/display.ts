// How exact results show: the closed forms' numbers; what takes dense linear algebra only for small graphs.
import { captioned, card, counted, type Facts, formatNumber, grouped, type MimeBundle, rangeText, sparkline } from '../display/index.js';
import type { BetheIsing } from './betheIsing.js';
import type { AntisymmetricFlux } from './antisymmetricFlux.js';
import type { BoltzmannLaw } from './boltzmann.js';
import type { CompleteIsing } from './completeIsing.js';
import type { CompletePotts } from './completePotts.js';
import type { CooledModeParameters } from './cooledMode.js';
import type { CurieWeiss } from './curieWeiss.js';
import type { DeepestTrap } from './deepestTrap.js';
import type { GaussianFreeField } from './gaussianFreeField.js';
import type { GroundState } from './groundState.js';
import type { HopfieldParameters, HopfieldRetrieval } from './hopfield.js';
import type { IsingEquilibrium } from './ising.js';
import type { TorusIsing } from './kaufman.js';
import type { MeanFieldPotts } from './meanFieldPotts.js';
import type { MeanFieldXY } from './meanFieldXY.js';
import type { OrnsteinUhlenbeck, OrnsteinUhlenbeckParameters } from './ornsteinUhlenbeck.js';
import type { PinnedBranches } from './pinnedSpins.js';
import type { RingIsing } from './ringIsing.js';
import type { SquareIsing } from './squareIsing.js';
import type { SiteKernel } from './siteKernel.js';
import type { SquarePotts } from './squarePotts.js';

/** Up to here the spectrum takes a few hundredths of a second. */
const mostNodes = 100;

export function freeFieldCard(field: GaussianFreeField): MimeBundle {
  const { graph, temperature, coupling, components, modes, meanEnergy, energyVariance } = field;
  const small = graph.nodeCount <= mostNodes;
  const spectral = (value: () => number): string => (small ? formatNumber(value()) : 'computed when asked for');
  return card(`Gaussian free field on ${graph.name}`, {
    temperature: formatNumber(temperature),
    'coupling J': formatNumber(coupling),
    'modes d (N − 1)': components === 1 ? grouped(modes) : `${grouped(modes)}, d = ${components}`,
    'mean energy': formatNumber(meanEnergy),
    'energy variance': formatNumber(energyVariance),
    'free energy': spectral(() => field.freeEnergy),
    'disagreement W²': spectral(() => field.disagreement),
    'stability bound': spectral(() => field.stabilityBound),
  }, small ? { picture: captioned(sparkline([field.stiffness]), ['stiffness of the modes, ascending']) } : {});
}

export function boltzmannCard({ probabilities, freeEnergy }: BoltzmannLaw): MimeBundle {
  return card(`Boltzmann law of ${grouped(probabilities.length)} states`, {
    'free energy': formatNumber(freeEnergy), probabilities: rangeText(probabilities),
  }, probabilities.length > 1 ? { picture: captioned(sparkline([probabilities]), ['probability by state']) } : {});
}

const isingNames: Record<keyof IsingEquilibrium, string> = {
  meanEnergy: 'mean energy', energyVariance: 'energy variance', meanAbsMagnetisation: 'mean |magnetisation|',
  freeEnergy: 'free energy', groundProbability: 'probability of the ground states',
};

export function isingCard(equilibrium: IsingEquilibrium): MimeBundle {
  const facts: Facts = Object.fromEntries(
    Object.entries(isingNames).map(([key, name]) => [name, formatNumber(equilibrium[key as keyof IsingEquilibrium])]));
  return card('Ising system in equilibrium, exact', facts);
}

export const torusIsingCard = ({ meanEnergy, freeEnergy }: TorusIsing): MimeBundle =>
  card('Ising model on a torus, exact', { 'mean energy': formatNumber(meanEnergy), 'free energy': formatNumber(freeEnergy) });

export const ornsteinUhlenbeckCard = ({ stiffness, temperature }: OrnsteinUhlenbeckParameters) =>
  (process: OrnsteinUhlenbeck): MimeBundle =>
    card('Ornstein-Uhlenbeck process', {
      'stiffness, rate': formatNumber(stiffness),
      temperature: formatNumber(temperature),
      'stationary variance': formatNumber(process.stationaryVariance),
      'equilibrium free energy': formatNumber(process.equilibriumFreeEnergy),
    });

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

export const cooledModeCard = ({ stiffness, from, to, duration }: CooledModeParameters) => (): MimeBundle =>
  card('Mode in a bath of changing temperature', {
    'stiffness, rate': formatNumber(stiffness), temperature: `${formatNumber(from)} to ${formatNumber(to)}`, duration: formatNumber(duration),
  });

export const siteKernelCard = ({ matrix, law, states }: SiteKernel): MimeBundle =>
  card(`Transition matrix of ${grouped(states.length)} states`, {
    nodes: states[0].length,
    'transitions that can happen': grouped(matrix.to1DArray().filter((p) => p > 0).length),
    'Boltzmann law': rangeText(law),
  });

export const fluxText = ({ sum, largest }: AntisymmetricFlux): MimeBundle =>
  ({ 'text/plain': `antisymmetric flux ${formatNumber(sum)}, at most ${formatNumber(largest)} between two states` });

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

export const groundStateCard = ({ energy, spins }: GroundState): MimeBundle =>
  card(`Ground state of ${counted(spins.length, 'spin')}`, {
    energy: formatNumber(energy), 'spins up': grouped(spins.reduce((up, s) => up + (s > 0 ? 1 : 0), 0)),
  });

export const deepestTrapCard = (N: number) => ({ depth, state, pass }: DeepestTrap): MimeBundle =>
  card(`Deepest trap of ${counted(N, 'spin')}`, {
    'depth d*': formatNumber(depth),
    bottom: state?.toString(2).padStart(N, '0'),
    'energy of the pass': pass === undefined ? undefined : formatNumber(pass),
  });

export const hopfieldCard = ({ load, temperature = 0 }: HopfieldParameters) => (result: HopfieldRetrieval): MimeBundle =>
  card('Hopfield network, retrieval', {
    load: formatNumber(load),
    temperature: formatNumber(temperature),
    ...numbers(result, { overlap: 'overlap m', edwardsAnderson: 'q', noise: 'noise r' }),
  });
