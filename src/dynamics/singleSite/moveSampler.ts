// Samplers of single-site moves: in float64, which takes every energy and is the reference, or by code
// compiled for energies made of expressions.
import type { MoveOrder, MoveRule } from '../../codegen/index.js';
import { type Hamiltonian, type Term, requireCodomain, moveTerms, notMovable } from '../../energies/index.js';
import { needed, type Rules } from '../../numerics/options.js';
import { integer, oneOf } from '../../numerics/rules.js';
import { checkSampler, aTemperature } from '../check.js';
import { type CompiledState, GpuMoveStepper, MoveStepper } from '../compiled/index.js';
import { asNodeSchedule, byNodeOf, type NodeTemperature } from '../schedules/nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { valueTable } from '../valueTable.js';
import { compiledSweeps } from './compiledSweeps.js';
import { interpretedMoves, type InterpretedState } from './interpretedMoves.js';
import { valuesText } from './movedField.js';
import type { SiteRule } from './siteRule.js';

/**
 * `interpreter` is in float64 and takes every energy; `auto` is wasm where possible; `webgpu` sweeps by
 * colours, without `globalSum`.
 */
export type MoveEngine = 'auto' | 'interpreter' | 'wasm' | 'webgpu';

/** Options of `heatBath` and `glauber`. */
export interface MoveOptions {
  /** T, in units of energy; k_B = 1: one number, one per node, or a schedule. */
  readonly temperature: NodeTemperature;
  /** Number q of labels 0 ... q - 1; without it, spins +-1. */
  readonly states?: number;
  /**
   * `colouring` (default): the classes of a greedy colouring one after another, the nodes of a class together
   * and on all threads; on a lattice without odd cycles the checkerboard; with `star` terms nodes of a class
   * are more than two bonds apart, with `globalSum` the nodes of a class move one after another.
   * `sequential`: nodes 0, 1, 2, ... one after another. Both keep the stationary law, but not the detailed
   * balance of a whole sweep. `random`: sites drawn with replacement, which has
   * detailed balance too; in wasm each probability differs from 1 / N by a fraction N 2^-32 at most.
   */
  readonly order?: MoveOrder;
  /** What runs it; `auto` by default. */
  readonly engine?: MoveEngine;
}

/** Rules of each option but `states`, which `metropolis` does not have. */
export const moveRules: Rules<Omit<MoveOptions, 'states'>> = {
  temperature: needed(aTemperature),
  order: oneOf('colouring', 'sequential', 'random'),
  engine: oneOf('auto', 'interpreter', 'wasm', 'webgpu'),
};

/** @throws as heatBath, for what its options say alone */
export const checkMoves = (caller: string, energy: Hamiltonian, options: MoveOptions): void =>
  checkSampler(caller, energy, options, { ...moveRules, states: integer(2) });

/** Where a sampler of single-site moves stands. */
export type MoveState = InterpretedState | CompiledState<MoveStepper | GpuMoveStepper>;

const STEPPERS = { wasm: MoveStepper, webgpu: GpuMoveStepper };

const MOST_STATES = 64;

/**
 * @param compiled the rule in generated code
 * @param what the rule moves, or by which proposals, for the sampler's name
 * @param isUniform whether it proposes all other values alike, as compiled code does
 */
export function moveSampler(
  energy: Hamiltonian,
  rule: SiteRule,
  compiled: MoveRule,
  options: MoveOptions,
  what = valuesText(rule.states),
  isUniform = true,
): Sampler<MoveState> {
  const { caller } = rule;
  const { order = 'colouring' } = options;
  requireCodomain(caller, energy.terms, rule.codomain);
  const machine = machineFor(energy, rule, order, options.engine ?? 'auto', isUniform);
  const temperature = asNodeSchedule(caller, options.temperature, energy.graph.nodeCount);
  const name = `${compiled} (${what}, ${order} order${machine === 'interpreter' ? '' : `, ${machine}`})`;
  if (machine === 'interpreter')
    return interpretedMoves(energy, rule, { name, temperature, order }) as Sampler<MoveState>;
  const states = rule.states ?? 'spin';
  const byNode = byNodeOf(temperature);
  return compiledSweeps(
    energy,
    rule,
    name,
    temperature,
    [energy, compiled, states, order, byNode, machine],
    (chains, gauge) => {
      const pinned = typeof gauge === 'object' ? gauge.pinned : [];
      return new STEPPERS[machine](caller, energy, { rule: compiled, order, states, chains, pinned, byNode });
    },
  ) as Sampler<MoveState>;
}

/**
 * @throws TypeError for a term or a proposal, RangeError for a number of labels that the engine cannot run
 */
function machineFor(
  energy: Hamiltonian,
  { caller, states, moves }: SiteRule,
  order: MoveOrder,
  engine: MoveEngine,
  isUniform: boolean,
): Exclude<MoveEngine, 'auto'> {
  const isTooMany = states !== undefined && states > MOST_STATES;
  if (engine === 'auto')
    return !isUniform || notMovable(energy.terms) || isTooMany || infiniteBond(energy, states)
      ? 'interpreter'
      : 'wasm';
  if (engine === 'interpreter') return engine;
  if (!isUniform) throw new TypeError(`${caller}: ${moves} runs on engine 'interpreter' only`);
  const globalTerm = moveTerms(caller, energy.terms).findIndex(({ kind }) => kind === 'global');
  const infinite = infiniteBond(energy, states);
  if (infinite)
    throw new TypeError(
      `${caller}: the term "${infinite.name}" is infinite for some spins, and runs on engine 'interpreter' only`,
    );
  if (isTooMany)
    throw new RangeError(
      `${caller}: engine '${engine}' takes at most ${MOST_STATES} states, got ${states}; engine 'interpreter' takes more`,
    );
  if (engine === 'webgpu' && globalTerm >= 0) {
    throw new TypeError(
      `${caller}: the term "${energy.terms[globalTerm].name}" couples all nodes and runs on engines 'wasm' and 'interpreter' only`,
    );
  }
  if (engine === 'webgpu' && order !== 'colouring')
    throw new TypeError(`${caller}: engine 'webgpu' sweeps in colouring order, got ${order}`);
  return engine;
}

/**
 * A bond that forbids a pair of spins: compiled code makes P + Q s of it, where the infinite parts do not
 * cancel.
 */
function infiniteBond({ terms, graph }: Hamiltonian, states: number | undefined): Term | undefined {
  if (states !== undefined) return undefined;
  return terms.find(
    (term) =>
      term.code?.kind === 'bond' &&
      valueTable(term, graph, Float64Array.of(-1, 1)).some((E) => Math.abs(E) === Infinity),
  );
}
