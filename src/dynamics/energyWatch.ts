// A look at the energies of a run now and then: of samplers that move by the gradient alone, and so do not
// see that an energy is not a number or infinite, and of all others an energy of -Infinity, into which a run
// falls for good. Both have no law exp(-H/T).
import type { Hamiltonian } from '../energies/index.js';
import { tf } from '../tensors/index.js';
import { chainEnergies, chainOf } from './chains.js';
import { EnergyNotANumber, termOf } from './energyNotANumber.js';
import { type AnyState, type Sampler, SamplerStopped } from './sampler.js';

/** Steps between two looks, so that they cost less than a hundredth of the run. */
const BETWEEN = 256;

/** Numbers of a field up to which float64 is as fast as tensors. */
const FEW = 2 ** 14;

export class EnergyWatch<State extends AnyState> {
  readonly #isWatched: boolean;
  #seen = -Infinity;

  constructor(readonly sampler: Pick<Sampler<State>, 'name' | 'energy' | 'byGradient'>) {
    this.#isWatched = !sampler.energy.terms.some(({ code }) => code?.kind === 'bond' && code.slopes); // a flow has no energy
  }

  /** @throws SamplerStopped for a record with an energy that is not allowed */
  look(caller: string, state: State, values: Float32Array, isLast = false): void {
    const {
      step,
      shape: [, , chains],
    } = state;
    if (!this.#isWatched || step === this.#seen || !(isLast || step >= this.#seen + BETWEEN)) return;
    const found = this.wrongIn(values, chains);
    if (!found) return void (this.#seen = step);
    const { energy, chain, term } = found;
    const rule = Number.isNaN(energy) ? 'not a number' : String(energy);
    throw new SamplerStopped(
      new EnergyNotANumber(caller, `the energy is ${rule} under ${this.sampler.name}`, { step, chain, term }),
      state,
    );
  }

  /** Whether a look at this step has found nothing. */
  hasPassed(step: number): boolean {
    return step === this.#seen;
  }

  /** The first chain of a record whose energy is not allowed. */
  wrongIn(
    values: Float32Array,
    chains: number,
  ): { readonly energy: number; readonly chain: number; readonly term: string | undefined } | undefined {
    if (!this.#isWatched) return undefined;
    const { energy, byGradient = false } = this.sampler;
    const isAllowed = (E: number): boolean =>
      byGradient ? Number.isFinite(E) : !Number.isNaN(E) && E !== -Infinity;
    const isExact = values.length <= FEW && energy.terms.every(({ code }) => code);
    const energies = isExact ? chainEnergies(energy, values, chains) : onTensors(energy, values, chains);
    for (const [chain, E] of energies.entries()) {
      if (isAllowed(E)) continue;
      const own = chainOf(values, chain, chains);
      const exact = isExact || energy.terms.some(({ code }) => !code) ? E : energy.energy64(own); // a sum may leave float32 alone
      if (!isAllowed(exact)) return { energy: exact, chain, term: termOf(energy, own, isAllowed) };
    }
    return undefined;
  }
}

const onTensors = (energy: Hamiltonian, values: Float32Array, chains: number): Float32Array =>
  tf.tidy(() =>
    energy
      .energy(
        tf.tensor3d(values, [
          energy.graph.nodeCount,
          values.length / chains / energy.graph.nodeCount,
          chains,
        ]),
      )
      .dataSync<'float32'>()
      .slice(),
  );
