// A step of the Metropolis-adjusted Langevin algorithm as expressions, of which every engine makes its own: the proposal, and
// T (ln q(x | x') - ln q(x' | x)) node by node, with the sum of both gradients as `slopes`.
// Source: see src/dynamics/langevin/mala.ts.
import { scalar, tape, vector } from '../../expression/index.js';
import { amplitude, slope, x } from './step.js';

const [noise, slopes] = ['noise', 'slopes'].map(vector);
const timeStep = scalar('timeStep');

export const malaInputs = { x, slope, slopes, noise, timeStep, amplitude };
export const malaProposal = tape([x.sub(slope.mul(timeStep)).add(noise.mul(amplitude))]);
export const malaRatio = tape([noise.dot(slopes).mul(amplitude.div(2)).sub(slopes.squaredNorm().mul(timeStep.div(4)))]);
