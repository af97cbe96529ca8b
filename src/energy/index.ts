export { bond, type BondEnergy } from './bond.js';
export { site, type SiteEnergy } from './site.js';
export { star, type StarEnergy, type Neighbours } from './star.js';
export { globalSum, type GlobalEnergy, type Nodes } from './global-sum.js';
export { custom, type CustomEnergy } from './custom.js';
export { hamiltonian, Hamiltonian } from './hamiltonian.js';
export { oriented, type Oriented, type Parameter, type Parameters } from './parameters.js';
export { checkTerm, type TermCheck, type TermReport, type CheckTermOptions } from './check-term.js';
export type { BoundTerm, Moves, Term, TermOptions } from './term.js';
