// The Ising model H = -J sum over <i,j> of s_i s_j on the square lattice of periodic boundaries, 128 spins at a time as the
// bits of vectors: sweeps of the checkerboard by heat bath or Metropolis. Sources: src/codegen/multispin.ts.
import { summarised } from '../display/index.js';
import { bond, hamiltonian } from '../energy/index.js';
import type { Field } from '../field/index.js';
import { torus } from '../graph/index.js';
import { randomKey, type Key, type Seed } from '../random/index.js';
import { MultispinStepper, StepperDied, type MoveDrive } from '../stepper/index.js';
import { samplerCard, savedStateCard } from './display.js';
import { checkField, initialField } from './interpretedMoves.js';
import { checkSaved, SamplerStopped, type Sampler, type ValuesShape } from './sampler.js';
import { asSchedule, type Temperature } from './schedule.js';

export interface MultispinOptions {
  readonly temperature: Temperature;
  /** The coupling, not 0; +1 by default. */
  readonly J?: number;
  readonly rule?: 'heat bath' | 'metropolis';
}

export interface MultispinState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly chains: number;
  readonly stepper: MultispinStepper;
}

/**
 * A sampler of the Ising model on torus(rows, columns), multi-spin coded; its `energy` is that Hamiltonian. A step is a
 * sweep of both colours, which keeps the stationary law but not detailed balance. Random choices compare up to 32 binary
 * digits of a uniform with those of the probability: the chance of each is that of float64 to 2^-32, without other bias. Every
 * spin of every chain has random bits of its own. Fastest where columns x chains fill vectors: columns a multiple of 256, or
 * chains of 128. Recorded fields are +-1 as those of other samplers.
 *
 * @throws RangeError unless rows and columns are even and at least 4, for a coupling that is 0 or not finite, a negative
 *         temperature; at `init` for fields that are not spins, or not free
 * @example
 * await sample(multispin(256, 256, { temperature: 2.3 }), { chains: 1, steps: 1000, every: 10 });
 */
export function multispin(rows: number, columns: number, options: MultispinOptions): Sampler<MultispinState> {
  const { J = 1, rule = 'heat bath' } = options;
  for (const [name, size] of Object.entries({ rows, columns })) {
    if (!(Number.isInteger(size) && size >= 4 && size % 2 === 0)) {
      throw new RangeError(`multispin: ${name} must be an even integer of at least 4 (a checkerboard), got ${size}`);
    }
  }
  if (!Number.isFinite(J) || J === 0) throw new RangeError(`multispin: J must be finite and not 0, got ${J}`);
  if (rule !== 'heat bath' && rule !== 'metropolis') {
    throw new RangeError(`multispin: rule must be heat bath or metropolis, got ${rule as string}`);
  }
  const temperature = asSchedule(options.temperature);
  const name = `multispin (${rule}, ${rows} x ${columns}, J = ${J})`;
  const energy = hamiltonian(torus(rows, columns), [bond((a, b, coupling) => a.mul(b).sum().mul(coupling).neg(), { J })]);
  const nodes = rows * columns;
  const values = { caller: 'multispin', codomain: 'spin' as const };

  const start = (at: Omit<MultispinState, 'key' | 'stepper'>, field: Float32Array): MultispinState => {
    const stepper = new MultispinStepper('multispin', { rows, columns, chains: at.chains, rule, J });
    stepper.load(field);
    return { ...at, key: randomKey(at.seed, 'multispin'), stepper };
  };
  /** The state in a memory of this sampler's program: another sampler may have made it. */
  const own = (state: MultispinState): MultispinState => {
    const { lattices } = state.stepper;
    const isOwn = lattices.rows === rows && lattices.columns === columns && lattices.J === J && lattices.rule === rule;
    return isOwn ? state : start(state, state.stepper.read());
  };
  const drive = ({ step, key }: MultispinState): MoveDrive => ({ firstStep: step, key, temperature: (at) => temperature.at(at) });
  const after = (state: MultispinState, steps: number): MultispinState => ({ ...state, step: state.step + steps });
  const shapeOf = ({ chains }: MultispinState): ValuesShape => [nodes, 1, chains];

  return summarised<Sampler<MultispinState>>({
    name,
    energy,
    temperature,
    initialField: (wanted) => initialField(values, nodes, wanted),

    init(field: Field, seed: Seed) {
      checkField(values, field);
      if (field.gauge !== 'free') throw new RangeError('multispin: the field must be free, got a pinned one; heatBath holds nodes');
      if (field.components !== 1) throw new RangeError(`multispin: the field must have one component, got ${field.components}`);
      return start({ step: 0, seed, chains: field.chains }, field.values);
    },

    step(given) {
      const state = own(given);
      return after(state, state.stepper.runHere(1, drive(state)).steps);
    },

    async advance(given, steps, signal) {
      const state = own(given);
      const outcome = await state.stepper.run(steps, drive(state), signal).catch((error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, after(state, error.steps));
      });
      return after(state, outcome.steps);
    },

    read: async ({ stepper }) => stepper.read(),
    acceptance: () => undefined,

    save: async (state) => summarised(
      { sampler: name, seed: state.seed, step: state.step, shape: shapeOf(state), gauge: 'free', arrays: { values: state.stepper.read() } },
      savedStateCard,
    ),

    restore(saved) {
      checkSaved(name, nodes, saved);
      return start({ step: saved.step, seed: saved.seed, chains: saved.shape[2] }, Float32Array.from(saved.arrays['values']));
    },

    dispose() {},
  }, samplerCard);
}
