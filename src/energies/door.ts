// Energies: terms from arrow functions, their sum on a graph, the test of a term, the documents' own terms.
export { bond, type BondEnergy } from './terms/bond.js';
export { flow, type FlowCurrent } from './terms/flow.js';
export { site, type SiteEnergy } from './terms/site.js';
export { star, type StarEnergy, type Neighbours } from './terms/star.js';
export { globalSum, type GlobalEnergy, type Nodes } from './terms/globalSum.js';
export { custom, type CustomEnergy } from './terms/custom.js';
export {
  hamiltonian,
  Hamiltonian,
  type EvaluateOptions,
  type GradientOptions,
  type SourceOptions,
} from './hamiltonian.js';
export { oriented, type Oriented, type Parameter, type Parameters } from './parameters.js';
export { checkTerm, TermReport, type TermCheck, type CheckTermOptions } from './checkTerm.js';
export { withPlantedError, type PlantedError } from './models/plantedError.js';
export type { BoundTerm, Moves, Term, TermOptions } from './term.js';
export { interaction } from './models/interaction.js';
export { couplingLaw, type CouplingLawName, type CouplingLawOptions } from './models/couplingLaw.js';
export { labelDistance } from './models/labelDistance.js';
export { entropicPenalty, type EntropicForm, type EntropicOptions } from './models/entropicPenalty.js';
export {
  trustConfinement,
  trustPhase,
  type TrustPhaseOptions,
  type TrustReading,
} from './models/trustPhase.js';
export { hebbianCouplings, hopfield } from './models/hopfield.js';
export { computationalCost, type CostForm, type CostOptions } from './models/computationalCost.js';
export {
  meanFieldFreeEnergy,
  meanFieldSweep,
  meanFieldUpdate,
  type Beliefs,
  type MeanFieldModel,
} from './models/meanField.js';
