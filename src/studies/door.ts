// Studies: whole experiments as functions, of any energy or rule that fits.
export { Study } from './study.js';
export {
  consensusByCooling,
  type CoolingOptions,
  type CoolingRow,
  type CoolingStudy,
} from './consensusByCooling.js';
export { type BinderOptions, type BinderRow, binderScan, type BinderStudy } from './binderScan.js';
export {
  finalityByCooling,
  type FinalityCoolingOptions,
  type FinalityRow,
  type FinalityStudy,
} from './finalityByCooling.js';
export { lifeDiagram } from './lifeDiagram.js';
export {
  annealingRace,
  type Contender,
  type Knobs,
  type RaceOptions,
  type RaceRow,
  type RaceStudy,
} from './annealingRace.js';
