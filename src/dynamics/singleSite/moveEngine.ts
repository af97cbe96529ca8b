// What runs single-site moves: float64 code that takes every energy, or code compiled for energies made of expressions.
import type { MoveOrder } from '../../codegen/index.js';
import type { Hamiltonian, Term } from '../../energy/index.js';
import { moveTerms, notMovable } from '../../energy/localTerms.js';
import type { NodeTemperature } from '../langevin/nodeTemperature.js';
import { valueTable } from '../valueTable.js';

/** `interpreter` is in float64 and takes every energy; `auto` is wasm where that can be; `webgpu` sweeps by colours, without `globalSum`. */
export type MoveEngine = 'auto' | 'interpreter' | 'wasm' | 'webgpu';

export interface MoveOptions {
  /** One for all nodes, or one per node: [nodes], or a schedule of such arrays. */
  readonly temperature: NodeTemperature;
  /** Number q of labels 0 ... q - 1; without it, spins +-1. */
  readonly states?: number;
  /**
   * `colouring` (default): the classes of a greedy colouring one after another, the nodes of a class together and on all
   * threads; on a lattice without odd cycles the checkerboard; with `star` terms nodes of a class are more than two bonds apart, with
   * `globalSum` the nodes of a class move one after another. `sequential`: nodes 0, 1, 2, ... one after another. Both keep
   * the stationary law, but not the detailed balance of a whole sweep. `random`: sites drawn with replacement, which has
   * detailed balance too; in wasm each is right to N 2^-32 of 1 / N.
   */
  readonly order?: MoveOrder;
  readonly engine?: MoveEngine;
}

const ORDERS: readonly MoveOrder[] = ['colouring', 'sequential', 'random'];
const ENGINES: readonly MoveEngine[] = ['auto', 'interpreter', 'wasm', 'webgpu'];
/** Labels whose energies are kept side by side. */
const mostStates = 64;

export function checkMoveOptions(caller: string, { order, engine, states }: Pick<MoveOptions, 'order' | 'engine' | 'states'>): void {
  const oneOf = (what: string, known: readonly string[], value: string | undefined): void => {
    if (value === undefined || known.includes(value)) return;
    throw new RangeError(`${caller}: ${what} must be one of ${known.join(', ')}, got ${value}`);
  };
  oneOf('order', ORDERS, order);
  oneOf('engine', ENGINES, engine);
  if (states !== undefined && !(Number.isInteger(states) && states >= 2)) {
    throw new RangeError(`${caller}: states must be an integer of at least 2, got ${states}`);
  }
}

interface Asked {
  readonly states: number | undefined;
  readonly order: MoveOrder;
  readonly engine: MoveEngine;
}

/** @throws TypeError for a term or an order, RangeError for a number of labels that the engine cannot run */
export function moveEngineFor(caller: string, energy: Hamiltonian, { states, order, engine }: Asked): Exclude<MoveEngine, 'auto'> {
  const isTooMany = states !== undefined && states > mostStates;
  if (engine === 'auto') return notMovable(energy.terms) || isTooMany || infiniteBond(energy, states) ? 'interpreter' : 'wasm';
  if (engine === 'interpreter') return engine;
  const all = moveTerms(caller, energy.terms).findIndex(({ kind }) => kind === 'global');
  const infinite = infiniteBond(energy, states);
  if (infinite) throw new TypeError(`${caller}: the term "${infinite.name}" is infinite for some spins, and runs on engine 'interpreter' only`);
  if (isTooMany) throw new RangeError(`${caller}: engine '${engine}' takes at most ${mostStates} states, got ${states}; engine 'interpreter' takes more`);
  if (engine === 'webgpu' && all >= 0) {
    throw new TypeError(`${caller}: the term "${energy.terms[all].name}" couples all nodes and runs on engines 'wasm' and 'interpreter' only`);
  }
  if (engine === 'webgpu' && order !== 'colouring') throw new TypeError(`${caller}: engine 'webgpu' sweeps in colouring order, got ${order}`);
  return engine;
}

/** A bond that forbids a pair of spins: compiled code makes P + Q s of it, where the infinite parts do not cancel. */
function infiniteBond({ terms, graph }: Hamiltonian, states: number | undefined): Term | undefined {
  if (states !== undefined) return undefined;
  return terms.find((term) => term.code?.kind === 'bond' && valueTable(term, graph, Float64Array.of(-1, 1)).some((E) => Math.abs(E) === Infinity));
}
