export { bond, type BondEnergy } from './bond.js';
export { flow, type Flow } from './flow.js';
export { site, type SiteEnergy } from './site.js';
export { star, type StarEnergy, type Neighbours } from './star.js';
export { globalSum, type GlobalEnergy, type Nodes } from './globalSum.js';
export { custom, type CustomEnergy } from './custom.js';
export { hamiltonian, Hamiltonian, type EvaluateOptions, type GradientOptions, type SourceOptions } from './hamiltonian.js';
export { oriented, type Oriented, type Parameter, type Parameters } from './parameters.js';
export { checkTerm, TermReport, type TermCheck, type CheckTermOptions } from './checkTerm.js';
export { withPlantedError, type PlantedError } from './plantedError.js';
export type { BoundTerm, Moves, Term, TermOptions } from './term.js';
export { interaction } from './interaction.js';
export { couplingLaw, type CouplingLaw, type CouplingLawOptions } from './couplingLaw.js';
export { labelDistance } from './labelDistance.js';
export { entropicPenalty, type EntropicForm, type EntropicOptions } from './entropicPenalty.js';
export { trustConfinement, trustPhase, type TrustPhaseOptions, type TrustReading } from './trustPhase.js';
export { hebbianCouplings, hopfield } from './hopfield.js';
export { computationalCost, type CostForm, type CostOptions } from './computationalCost.js';
export {
  meanFieldFreeEnergy, meanFieldSweep, meanFieldUpdate, type Beliefs, type MeanFieldModel,
} from './meanField.js';
