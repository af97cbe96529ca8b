// How exact results of a graph show: closed forms' numbers, laws, kernels and landscapes; what takes dense linear algebra only
// for small graphs.
import { captioned, card, counted, type Facts, formatNumber, grouped, type MimeBundle, rangeText, sparkline } from '../display/index.js';
import type { AntisymmetricFlux } from './antisymmetricFlux.js';
import type { BoltzmannLaw } from './boltzmann.js';
import type { CooledModeParameters } from './cooledMode.js';
import type { DeepestTrap } from './deepestTrap.js';
import type { GaussianFreeField } from './gaussianFreeField.js';
import type { GroundState } from './groundState.js';
import type { IsingEquilibrium } from './ising.js';
import type { TorusIsing } from './kaufman.js';
import type { OrnsteinUhlenbeck, OrnsteinUhlenbeckParameters } from './ornsteinUhlenbeck.js';
import type { SgldCovariance } from './sgldCovariance.js';
import type { ShotNoise } from './shotNoise.js';
import type { SiteKernel } from './siteKernel.js';

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

export const cooledModeCard = ({ stiffness, from, to, duration }: CooledModeParameters) => (): MimeBundle =>
  card('Mode in a bath of changing temperature', {
    'stiffness, rate': formatNumber(stiffness), temperature: `${formatNumber(from)} to ${formatNumber(to)}`, duration: formatNumber(duration),
  });

export const shotNoiseCard = ({ mean, variance, noticingTime }: ShotNoise): MimeBundle =>
  card('Shot noise', { mean: formatNumber(mean), variance: formatNumber(variance), 'time until its end is noticed': formatNumber(noticingTime) });

export const sgldCard = (temperature: number) => ({ covariance, excess }: SgldCovariance): MimeBundle =>
  card('Gaussian field under minibatched Langevin steps', {
    law: 'biased: not exp(-H/T)',
    temperature: formatNumber(temperature),
    'excess temperature of a node': rangeText(excess.diagonal()),
    'variance of a node': rangeText(covariance.diagonal()),
  });

export const siteKernelCard = (lawName: string) => ({ matrix, law, states }: SiteKernel): MimeBundle =>
  card(`Transition matrix of ${grouped(states.length)} states`, {
    nodes: states[0].length,
    'transitions that can happen': grouped(matrix.to1DArray().filter((p) => p > 0).length),
    [lawName]: rangeText(law),
  });

export const fluxText = ({ sum, largest }: AntisymmetricFlux): MimeBundle =>
  ({ 'text/plain': `antisymmetric flux ${formatNumber(sum)}, at most ${formatNumber(largest)} between two states` });

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
