// How exact results show: the closed forms' numbers; what takes dense linear algebra only for small graphs.
import { captioned, card, type Facts, formatNumber, grouped, type MimeBundle, rangeText, sparkline } from '../display/index.js';
import type { BoltzmannLaw } from './boltzmann.js';
import type { GaussianFreeField } from './gaussianFreeField.js';
import type { IsingEquilibrium } from './ising.js';
import type { TorusIsing } from './kaufman.js';
import type { OrnsteinUhlenbeck, OrnsteinUhlenbeckParameters } from './ornsteinUhlenbeck.js';

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
