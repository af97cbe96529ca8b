// A node's life, as a table: the boxes and arrows of the paper's diagram, phase I to III, and the arrows that
// it lacks (marked), without which a node could not continue. The simulation (`Lives`) and the diagram of
// notebook 08 both use this table. Boxes of the paper: B local state, C neighbour (verify), D Hamilton
// difference, E update, F reject or Metropolis-Hastings, G global field update, H temperature below
// threshold?, I block finalised. Source: EMTD 3.1.

/** One row of the protocol's table of transitions. */
export interface Transition {
  readonly phase: 'I' | 'II' | 'III';
  readonly from: string;
  readonly on: string;
  readonly to: string;
  /** The arrow of the paper's diagram, as boxes; absent where the paper has none. */
  readonly paper?: string;
}

/**
 * The table of a node's life in the protocol: from which state to which, and when.
 *
 * @example
 * protocol.transitions.filter(({ from }) => from === 'metropolis').map(({ on, to }) => `${on}: ${to}`); // ['accept: updated', 'reject: local']
 */
export const transitions = [
  { phase: 'I', from: 'local', on: 'client input', to: 'excited', paper: 'A -> B' },
  { phase: 'I', from: 'excited', on: 'own proposal', to: 'weighing' }, // the paper's arrow B -> B has no way out
  { phase: 'II', from: 'local', on: 'message', to: 'verifying', paper: 'B -> C' },
  { phase: 'II', from: 'verifying', on: 'forged', to: 'local' },
  { phase: 'II', from: 'verifying', on: 'news', to: 'local' }, // what a peer holds now: noted, not weighed
  { phase: 'II', from: 'verifying', on: 'offer', to: 'weighing', paper: 'C -> D' },
  { phase: 'II', from: 'weighing', on: 'downhill', to: 'updated', paper: 'D -> E' },
  { phase: 'II', from: 'weighing', on: 'uphill', to: 'metropolis', paper: 'D -> F' },
  { phase: 'II', from: 'metropolis', on: 'accept', to: 'updated' },
  { phase: 'II', from: 'metropolis', on: 'reject', to: 'local' },
  { phase: 'III', from: 'updated', on: 'announce', to: 'field', paper: 'E -> G' },
  { phase: 'III', from: 'field', on: 'read temperature', to: 'asking', paper: 'G -> H' },
  { phase: 'III', from: 'local', on: 'ring', to: 'asking' }, // else a node that changes no more would never ask
  { phase: 'III', from: 'asking', on: 'warm', to: 'local', paper: 'H -> B' },
  { phase: 'III', from: 'asking', on: 'cold', to: 'final', paper: 'H -> I' },
  { phase: 'III', from: 'final', on: 'message', to: 'final' }, // it goes on telling others, and changes no more
] as const satisfies readonly Transition[];

/** A state in the life of a node of the protocol. */
export type LifeState = (typeof transitions)[number]['from' | 'to'];
/** An event in the life of a node of the protocol. */
export type LifeEvent = (typeof transitions)[number]['on'];

const states = [...new Set(transitions.flatMap(({ from, to }) => [from, to]))] as readonly LifeState[];
const events = [...new Set(transitions.map(({ on }) => on))] as readonly LifeEvent[];
const eventNumber = Object.fromEntries(events.map((event, at) => [event, at])) as Readonly<
  Record<LifeEvent, number>
>;
/** By state and event: the number of the transition, or -1. */
const table = new Int8Array(states.length * events.length).fill(-1);
transitions.forEach(
  ({ from, on }, at) => (table[states.indexOf(from) * events.length + eventNumber[on]] = at),
);
const target = Int8Array.from(transitions, ({ to }) => states.indexOf(to));
const final = states.indexOf('final');

/**
 * The states of all nodes. Every change goes through the table and is counted.
 *
 * @example
 * const ising = hamiltonian(complete(4), [bond((a, b) => a.mul(b).sum().neg())]);
 * const emtd = new protocol.Emtd(ising, { values: [-1, 1], initial: [0, 1, 1, 1], temperature: 0.5 });
 * emtd.lives.state(0); // 'local'
 */
export class Lives {
  readonly #at: Int8Array;
  /** By transition: how often it has happened. */
  readonly taken = new Float64Array(transitions.length);

  constructor(nodeCount: number) {
    this.#at = new Int8Array(nodeCount); // 'local' comes first
  }

  state(node: number): LifeState {
    return states[this.#at[node]];
  }

  isFinal(node: number): boolean {
    return this.#at[node] === final;
  }

  /** @throws RangeError for an event that has no arrow from where the node is */
  take(node: number, on: LifeEvent): void {
    const number = table[this.#at[node] * events.length + eventNumber[on]];
    if (number < 0) throw new RangeError(`take: no transition from "${this.state(node)}" on "${on}"`);
    this.taken[number]++;
    this.#at[node] = target[number];
  }
}
