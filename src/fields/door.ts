// State fields on nodes and edges, Merkle roots as coordinates, trust phase, edge tensors, beliefs and
// entropies.
export { Field } from './field.js';
export type { Codomain, FieldDeclaration, FieldShape, Gauge, Support } from './declaration.js';
export type { FieldRequirement } from './requireField.js';
export { centred, pinned } from './gauge.js';
export {
  constantField,
  fieldFrom,
  normalField,
  randomAngles,
  randomLabels,
  randomSpins,
  replicate,
  type Seeded,
} from './initial.js';
export { fromTensor, toTensor } from './tensor.js';
export {
  type Embedding,
  embeddingField,
  hashBitsEmbedding,
  labelEmbedding,
  merkleDiffEmbedding,
  squaredDistance,
} from './embedding.js';
export { type Distortion, merkleDiffFeatures } from './randomFeatures.js';
export { amplitude, angle, phaseField, type PhaseOrder, phaseOrder } from './phase.js';
export {
  adjoint,
  type DirectedTensors,
  directedTensors,
  edgeTensor,
  fromSources,
  hermitianDefect,
  hermitianPart,
} from './edgeTensor.js';
export { nodeTensors } from './nodeTensor.js';
export { holonomy } from './holonomy.js';
export { permuteField } from './relabel.js';
export { kronecker, productSquaredDistance, type ProductState } from './product.js';
export {
  beliefEntropy,
  beliefsFrom,
  centredLogits,
  drawLabels,
  probabilities,
  softmaxLogJacobian,
} from './belief.js';
export { type BeliefShape, dirichletBeliefs, uniformBeliefs } from './initialBeliefs.js';
export { millerMadow, neighbourhoodEntropy, shannonEntropy, windowEntropy } from './entropy.js';
