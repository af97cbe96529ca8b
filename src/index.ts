// The front door: the names of the first ten minutes, and each room as a namespace with all its names.
export {
  Aborted,
  drive,
  geometric,
  heatBath,
  langevin,
  linear,
  metropolis,
  parallelTempering,
  RunFailed,
  sample,
  type Sampler,
  type Samples,
  setThreads,
  type Temperature,
} from './dynamics/door.js';
export {
  bond,
  checkTerm,
  flow,
  globalSum,
  hamiltonian,
  Hamiltonian,
  interaction,
  site,
  type Term,
} from './energies/door.js';
export { Field, fieldFrom, normalField, randomSpins } from './fields/door.js';
export {
  complete,
  fromEdges,
  Graph,
  grid,
  karateClub,
  randomRegular,
  ring,
  smallWorld,
  torus,
} from './graphs/door.js';
export { certify, energyOf, magnetisation, observe } from './measure/door.js';
export { setDefaultSeed, uniformGenerator } from './randomness/door.js';
export { fitLine, interval, jackknife, mean } from './statistics/door.js';
export { seeds, sweep } from './sweeping/door.js';
export { setBackend, tf } from './tensors/door.js';
export { heatMap, histogram, lineWithBand, progress, sideBySide, table } from './figures/door.js';
export { interact, live, slider } from './widgets/door.js';
export { check } from './claims/door.js';
/** The ambient field: presence, persistence, participation, merges of messages. */
export * as ambient from './ambient/door.js';
/** The ledger of the documents' claims: regions, checks, verdicts. */
export * as claims from './claims/door.js';
/** Samplers, runs, schedules of temperature, driven runs, rare events, learning couplings. */
export * as dynamics from './dynamics/door.js';
/** Terms of energies, their test, the documents' own terms. */
export * as energies from './energies/door.js';
/** Closed forms and enumeration: what a correct sampler must reproduce. */
export * as exact from './exact/door.js';
/** The language of local energies: symbols, derivatives, LaTeX. */
export * as expressions from './expressions/door.js';
/** State fields on nodes and edges, embeddings of Merkle roots, beliefs, entropies. */
export * as fields from './fields/door.js';
/** Figures, tables, files of them. */
export * as figures from './figures/door.js';
/** Curvature of edges, Ricci flow, Hodge decomposition. */
export * as geometry from './geometry/door.js';
/** Graphs with couplings: generators, files, spectra, resistance. */
export * as graphs from './graphs/door.js';
/** Observables, statistics of chains, critical points, work, the certificate. */
export * as measure from './measure/door.js';
/** Merkle trees, content-addressed blocks, signatures. */
export * as merkle from './merkle/door.js';
/** The network simulator, the paper's protocol, baselines, adversaries. */
export * as protocol from './protocol/door.js';
/** Philox: seeds, uniforms, normals, generators. */
export * as randomness from './randomness/door.js';
/** The proposal's own program (EMTD, section 3.3), preserved with its faults. */
export * as reference from './reference/door.js';
/** Means, intervals, correlations, lines of independent values. */
export * as statistics from './statistics/door.js';
/** Studies: whole experiments of any energy or rule that fits, with figure and estimates. */
export * as studies from './studies/door.js';
/** Many runs of one function: on all cores, on a Slurm cluster, in shards. */
export * as sweeping from './sweeping/door.js';
/** tfjs: backends, and the lab's operations on tensors. */
export * as tensors from './tensors/door.js';
/** Sliders, buttons, live figures. */
export * as widgets from './widgets/door.js';
