// Samplers of single-site moves: in float64, which takes every energy and is the reference, or by code
// compiled for energies made of expressions.
import type { MoveOrder, MoveRule } from '../../codegen/index.js';
import {
  type Hamiltonian,
  notMovable,
  requireCodomain,
  requireEnergy,
  type Term,
} from '../../energies/index.js';
import {
  byDefault,
  type Filled,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
} from '../../numerics/options.js';
import { integer, oneOf } from '../../numerics/rules.js';
import { aNodeTemperature } from '../check.js';
import { anEngine, engineFor, onTensorsOnly } from '../engine.js';
import { type CompiledState, GpuMoveStepper, MoveStepper } from '../compiled/index.js';
import { asNodeSchedule, byNodeOf } from '../schedules/nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { valueTable } from '../valueTable.js';
import { compiledSweeps } from './compiledSweeps.js';
import { interpretedMoves, type InterpretedState } from './interpretedMoves.js';
import { valuesText } from './movedField.js';
import type { SiteRule } from './siteRule.js';

export const anOrder = oneOf<MoveOrder>('colouring', 'sequential', 'random');

const moveOptions = {
  /** T, in units of energy; k_B = 1: one number, one per node, or a schedule. */
  temperature: needed(aNodeTemperature),
  /** Number q of labels 0 ... q - 1; without it, spins +-1. */
  states: integer(2),
  /**
   * `colouring` (default): the classes of a greedy colouring one after another, the nodes of a class together
   * and on all threads; on a lattice without odd cycles the checkerboard; with `star` terms nodes of a class
   * are more than two bonds apart, with `globalSum` the nodes of a class move one after another.
   * `sequential`: nodes 0, 1, 2, ... one after another. Both keep the stationary law, but not the detailed
   * balance of a whole sweep. `random`: sites drawn with replacement, which has
   * detailed balance too; in wasm each probability differs from 1 / N by a fraction N 2^-32 at most.
   * `colouring` by default.
   */
  order: byDefault<MoveOrder>('colouring', anOrder),
  /** What runs it; `auto` by default. `webgpu` moves in the order `colouring`, without `globalSum`. */
  engine: anEngine,
};

/** Options of `heatBath` and `glauber`. */
export interface MoveOptions extends Options, OptionsOf<typeof moveOptions> {}

/** @throws as heatBath, for what its options say alone */
export function readMoves(
  caller: string,
  energy: Hamiltonian,
  options: MoveOptions,
): Filled<typeof moveOptions> {
  requireEnergy(caller, energy);
  return readOptions(caller, options, moveOptions);
}

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
  given: Omit<Filled<typeof moveOptions>, 'states'>,
  what = valuesText(rule.states),
  isUniform = true,
): Sampler<MoveState> {
  const { caller } = rule;
  const { order } = given;
  requireCodomain(caller, energy.terms, rule.codomain);
  const engine = engineFor(given.engine, (compiled) => refusal(energy, rule, order, isUniform, compiled));
  const temperature = asNodeSchedule(caller, given.temperature, energy.graph.nodeCount);
  const name = `${compiled} (${what}, ${order} order${engine === 'tensors' ? '' : `, ${engine}`})`;
  if (engine === 'tensors')
    return interpretedMoves(energy, rule, { name, temperature, order }) as Sampler<MoveState>;
  const states = rule.states ?? 'spin';
  const byNode = byNodeOf(temperature);
  return compiledSweeps(
    energy,
    rule,
    name,
    temperature,
    [energy, compiled, states, order, byNode, engine],
    (chains, gauge) => {
      const pinned = typeof gauge === 'object' ? gauge.pinned : [];
      return new STEPPERS[engine](caller, energy, { rule: compiled, order, states, chains, pinned, byNode });
    },
  ) as Sampler<MoveState>;
}

/** Why compiled code cannot run the moves. */
function refusal(
  energy: Hamiltonian,
  { caller, states, moves }: SiteRule,
  order: MoveOrder,
  isUniform: boolean,
  engine: 'wasm' | 'webgpu',
): Error | undefined {
  if (!isUniform) return onTensorsOnly(caller, moves);
  const reason = notMovable(energy.terms);
  if (reason) return onTensorsOnly(caller, `${reason} and`);
  const infinite = infiniteBond(energy, states);
  if (infinite) return onTensorsOnly(caller, `the term "${infinite.name}" is infinite for some spins, and`);
  if (states !== undefined && states > MOST_STATES)
    return new RangeError(
      `${caller}: engine '${engine}' takes at most ${MOST_STATES} states, got ${states}; engine 'tensors' takes more`,
    );
  if (engine === 'wasm') return undefined;
  const globalTerm = energy.terms.find(({ code }) => code?.kind === 'global');
  if (globalTerm)
    return new TypeError(
      `${caller}: the term "${globalTerm.name}" couples all nodes and runs on engines 'wasm' and 'tensors' only`,
    );
  return order === 'colouring'
    ? undefined
    : new TypeError(`${caller}: engine 'webgpu' sweeps in colouring order, got ${order}`);
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
