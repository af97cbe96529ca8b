// What runs single-site moves: float64 code that takes every energy, or code compiled for energies of bonds and sites.
import type { MoveOrder } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { localTerms, notLocal } from '../energy/localTerms.js';
import { isByNode, type NodeSchedule, type NodeTemperature } from './nodeTemperature.js';

/** `interpreter` is in float64 and takes every energy; `auto` is wasm where that can be; `webgpu` sweeps in colouring order. */
export type MoveEngine = 'auto' | 'interpreter' | 'wasm' | 'webgpu';

export interface MoveOptions {
  /** One for all nodes or, run by the interpreter, one a node: [nodes], or a schedule of such arrays. */
  readonly temperature: NodeTemperature;
  /** Number q of labels 0 ... q - 1; without it, spins +-1. */
  readonly states?: number;
  /**
   * `colouring` (default): the classes of a greedy colouring one after another, the nodes of a class together and on all
   * threads; on a lattice without odd cycles the checkerboard. `sequential`: nodes 0, 1, 2, ... one after another. Both keep
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
  readonly temperature: NodeSchedule;
}

/** @throws TypeError for a term, an order or temperatures, RangeError for a number of labels that the engine cannot run */
export function moveEngineFor(caller: string, energy: Hamiltonian, { states, order, engine, temperature }: Asked): Exclude<MoveEngine, 'auto'> {
  const isTooMany = states !== undefined && states > mostStates;
  if (engine === 'auto') return notLocal(energy.terms) || isTooMany || isByNode(temperature) ? 'interpreter' : 'wasm';
  if (engine === 'interpreter') return engine;
  if (isByNode(temperature)) throw new TypeError(`${caller}: engine '${engine}' takes one temperature for all nodes; engine 'interpreter' takes one a node`);
  localTerms(caller, energy.terms, 'interpreter');
  if (isTooMany) throw new RangeError(`${caller}: engine '${engine}' takes at most ${mostStates} states, got ${states}; engine 'interpreter' takes more`);
  if (engine === 'webgpu' && order !== 'colouring') throw new TypeError(`${caller}: engine 'webgpu' sweeps in colouring order, got ${order}`);
  return engine;
}
