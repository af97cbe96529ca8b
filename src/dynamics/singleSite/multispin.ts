// The Ising model H = -J sum over <i,j> of s_i s_j on the square lattice of periodic boundaries, 128 spins at
// a time as the bits of vectors: sweeps of the checkerboard by heat bath or Metropolis. Sources:
// src/codegen/moves/multispinSweep.ts.
import { bond, hamiltonian } from '../../energies/index.js';
import { torus } from '../../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { finite, oneOf } from '../../numerics/rules.js';
import { aTemperature } from '../check.js';
import { type CompiledState, MultispinStepper } from '../compiled/index.js';
import type { Sampler } from '../sampler.js';
import { asSchedule } from '../schedules/schedule.js';
import { compiledSweeps } from './compiledSweeps.js';
import { spinsOrLabels } from './movedField.js';

const multispinOptions = {
  /** T, in units of energy; k_B = 1: a number, or a schedule. */
  temperature: needed(aTemperature),
  /** The coupling, not 0; +1 by default. */
  J: byDefault(1, finite),
  /** `heat bath` by default. */
  rule: byDefault<'heat bath' | 'metropolis'>('heat bath', oneOf('heat bath', 'metropolis')),
};

/** Options of `multispin`. */
export interface MultispinOptions extends Options, OptionsOf<typeof multispinOptions> {}

/** Where a `multispin` sampler stands. */
export type MultispinState = CompiledState<MultispinStepper>;

/**
 * A sampler of the Ising model on torus(rows, columns), multi-spin coded; its `energy` is that Hamiltonian. A
 * step is a sweep of both colours, which keeps the stationary law but not detailed balance. Random choices
 * compare up to 32 binary digits of a uniform with those of the probability: the chance of each is that of
 * float64 to 2^-32, without other bias. Every spin of every chain has its own random bits. It is fastest
 * where columns x chains fill vectors: columns a multiple of 256, or chains of 128. Accepted moves are not
 * counted: `acceptance` is undefined.
 *
 * @throws RangeError unless rows and columns are even and at least 4, for a coupling that is 0 or not finite,
 * a negative temperature; at `init` for fields that are not spins, or not free
 * @example
 * const samples = await sample(dynamics.multispin(64, 64, { temperature: 2.5 }), { chains: 16, burnIn: 200, steps: 1000, every: 10, seed: 1 });
 * interval(observe(samples, measure.orderParameter).map(mean)); // { estimate: 0.09997, interval: [0.08161, 0.1183] }
 */
export function multispin(rows: number, columns: number, options: MultispinOptions): Sampler<MultispinState> {
  const { J, rule, ...given } = readOptions('multispin', options, multispinOptions);
  for (const [name, size] of Object.entries({ rows, columns })) {
    if (!(Number.isInteger(size) && size >= 4 && size % 2 === 0)) {
      throw new RangeError(
        `multispin: ${name} must be an even integer of at least 4 (a checkerboard), got ${size}`,
      );
    }
  }
  if (J === 0) throw new RangeError(`multispin: J must be finite and not 0, got ${J}`);
  const energy = hamiltonian(torus(rows, columns), [
    bond((a, b, coupling) => a.mul(b).sum().mul(coupling).neg(), { J }),
  ]);
  const name = `multispin (${rule}, ${rows} x ${columns}, J = ${J})`;
  const temperature = asSchedule('multispin', given.temperature);
  return compiledSweeps(
    energy,
    spinsOrLabels('multispin', undefined),
    name,
    temperature,
    [rows, columns, rule, J],
    (chains, gauge) => {
      if (gauge !== 'free')
        throw new RangeError('multispin: the field must be free, got a pinned one; heatBath holds nodes');
      return new MultispinStepper('multispin', { rows, columns, chains, rule, J });
    },
    [],
  );
}
