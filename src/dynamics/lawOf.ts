// What a state was saved under: the graph, the energy and the temperature of its sampler, by name and by
// hash. A sampler goes on from a state of its own law alone, unless its caller allows another on purpose.
import { sha256Of } from '../numerics/sha256.js';
import { got } from '../numerics/check.js';
import type { Hamiltonian } from '../energies/index.js';
import type { NodeSchedule } from './schedules/nodeTemperature.js';

/** What may differ, on purpose, between a state and the sampler that goes on from it. */
export type Change = 'graph' | 'energy' | 'temperature';

export const CHANGES: readonly Change[] = ['graph', 'energy', 'temperature'];

/** Under which graph, energy and temperature a state was sampled: a name and a hash of each. */
export type SavedLaw = Readonly<Record<Change, { readonly name: string; readonly hash: string }>>;

/**
 * A temperature is known by its name, which says the parameters of a schedule, and by its value at step 0.
 */
export function lawOf({
  energy,
  temperature,
}: {
  readonly energy: Hamiltonian;
  readonly temperature: NodeSchedule;
}): SavedLaw {
  const { graph, terms } = energy;
  const T = temperature.at(0);
  const values = typeof T === 'number' ? Float64Array.of(T) : Float64Array.from(T);
  return {
    graph: { name: graph.name, hash: graph.hash },
    energy: { name: terms.map(({ name }) => name).join(' + '), hash: energy.hash },
    temperature: { name: temperature.name, hash: sha256Of(`${temperature.name}\n`, values) },
  };
}

/**
 * @throws RangeError that names the graph, the energy or the temperature where it differs and must not. An
 * energy on another graph is another
 */
export function requireSameLaw(
  caller: string,
  saved: SavedLaw,
  here: SavedLaw,
  allowed: readonly Change[],
): void {
  for (const what of CHANGES) {
    const { name, hash } = saved?.[what] ?? {};
    if (typeof name !== 'string' || typeof hash !== 'string')
      throw new TypeError(`${caller}: the state must say its ${what} by name and hash, got ${got(saved)}`);
    const isAllowed =
      allowed.includes(what) ||
      (what === 'energy' && saved.graph.hash !== here.graph.hash && allowed.includes('graph'));
    if (saved[what].hash === here[what].hash || isAllowed) continue;
    const shown = (under: SavedLaw): string => `${got(under[what].name)} (${under[what].hash.slice(0, 8)})`;
    const advice = what === 'graph' ? '' : `; allow: ['${what}'] starts from it on purpose`;
    throw new RangeError(
      `${caller}: the state is of another ${what}, ${shown(saved)}, the sampler's is ${shown(here)}${advice}`,
    );
  }
}
