// The handlers of a protocol: their names, and what they may not be.
import { got } from '../../numerics/check.js';
import { near } from '../../numerics/near.js';

const handlers = ['start', 'tick', 'receive', 'wake', 'leave', 'join'] as const;

/**
 * @throws TypeError for a value that is not a protocol, and for a function that has the name of a handler,
 * misspelt
 */
export function checkProtocol(protocol: { readonly name: string }): void {
  if (typeof protocol?.name !== 'string') {
    const wanted = 'a protocol, such as pushRumour(everybody(10))';
    throw new TypeError(`network: protocol must be ${wanted}, got ${got(protocol)}`);
  }
  for (const name of functionsOf(protocol)) {
    const meant = meantBy(name);
    if (meant === undefined || meant in protocol) continue;
    throw new TypeError(`network: unknown handler "${name}" of "${protocol.name}"; did you mean "${meant}"?`);
  }
}

/** Names of functions, those of a class too; getters are not called. */
function functionsOf(level: object): string[] {
  if (level === null || level === Object.prototype) return [];
  const own = Object.entries(Object.getOwnPropertyDescriptors(level));
  const names = own.filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
  return [...names, ...functionsOf(Object.getPrototypeOf(level))];
}

/** The handler that a function was to be. Others are the protocol's own: `leaves` is not `leave`. */
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
