// Studies: whole experiments as functions, of any energy or rule that fits.
export { Study } from './study.js';
