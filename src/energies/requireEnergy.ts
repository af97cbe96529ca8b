// The check of an argument that must be an energy. It looks at the parts of one, so that an energy of another
// copy of the package passes.
import { got } from '../numerics/check.js';
import type { Hamiltonian } from './hamiltonian.js';

/** @throws TypeError unless `energy` is one */
export function requireEnergy(caller: string, energy: Hamiltonian): void {
  const { graph, terms, track }: Partial<Hamiltonian> = energy ?? {};
  if (typeof graph === 'object' && Array.isArray(terms) && typeof track === 'function') return;
  throw new TypeError(
    `${caller}: energy must be an energy, as hamiltonian(graph, [term]) makes it, got ${got(energy)}`,
  );
}
