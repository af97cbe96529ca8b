// What nodes do, told to the simulator as handlers of events; and the check of an object that should be a protocol.
import { got } from '../../numerics/check.js';
import { near } from '../../numerics/options.js';
import type { Network } from './network.js';

/** What nodes do. A message is a number: a value, or the number of something that the protocol keeps. No handler may be async. */
export interface Protocol {
  readonly name: string;
  /** Which random numbers it gets: with one seed, protocols of one stream draw the same. 'protocol' by default. */
  readonly stream?: string;
  /** The nodes for which it is made: a network of another number is refused. */
  readonly nodeCount?: number;
  /** Once, at time 0. */
  start?(net: Network): void;
  /** The clock of a node rings. */
  tick?(node: number, net: Network): void;
  /** A message arrives. */
  receive?(node: number, from: number, message: number, net: Network): void;
  /** The time of a request `net.wake` has come. */
  wake?(node: number, message: number, net: Network): void;
  /** The node has left, and its timers are lost. */
  leave?(node: number, net: Network): void;
  /** The node is back: it sets those timers again that it needs. */
  join?(node: number, net: Network): void;
}

const handlers = ['start', 'tick', 'receive', 'wake', 'leave', 'join'] as const;

/** @throws TypeError for what is no protocol, and for a function that has the name of a handler, misspelt */
export function checkProtocol(protocol: Protocol): void {
  if (typeof protocol?.name !== 'string') {
    throw new TypeError(`network: protocol must be a protocol, such as pushRumour(everybody(10)), got ${got(protocol)}`);
  }
  for (let level: object = protocol; level !== null && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (typeof value !== 'function') continue;
      const meant = meantBy(name);
      if (meant === undefined || meant in protocol) continue;
      throw new TypeError(`network: unknown handler "${name}" of the protocol "${protocol.name}"; did you mean "${meant}"?`);
    }
  }
}

/** The handler that a function was to be; protocols have functions of their own, so `take` is no `wake` and `leaves` no `leave`. */
function meantBy(name: string): string | undefined {
  const word = name.replace(/^on(?=[A-Z])/, '').toLowerCase();
  const meant = near(word, handlers);
  const isOwn = meant === undefined || name === meant || name.startsWith(meant) || word[0] !== meant[0];
  return isOwn ? undefined : meant;
}

/** @throws TypeError for the promise of an async handler, which nobody waits for */
export function refusePromise(result: unknown): void {
  if (typeof (result as PromiseLike<unknown> | undefined)?.then !== 'function') return;
  Promise.resolve(result).catch(() => {}); // else what it throws later would end the process
  throw new TypeError('a handler must not be async, got one that returns a promise');
}
