// The records that a run keeps: the field of some steps, with its step and its temperature.
import { printAs } from '../display/index.js';
import { allFinite } from './checkRecords.js';
import { EnergyWatch } from './energyWatch.js';
import type { Observer } from './observed.js';
import { isByNode, meanTemperature } from './schedules/nodeTemperature.js';
import { type Samples, samplesCard } from './sampleResult.js';
import { SamplerStopped, type AnyState, type Sampler } from './sampler.js';

/** What a run gathers. */
export class Records<State extends AnyState> {
  readonly #watch: EnergyWatch<State>;
  readonly #steps: number[];
  readonly #temperatures: number[];
  readonly #nodeTemperatures: ArrayLike<number>[];
  readonly #states: Float32Array[];
  #last: { readonly step: number; readonly values: Float32Array } | undefined;
  #isSpoilt = false;

  /** @param earlier goes on with these */
  constructor(
    readonly sampler: Sampler<State>,
    earlier?: Samples,
    /** Measures the states, which are then not kept. */
    readonly observer?: Observer,
  ) {
    this.#watch = new EnergyWatch(sampler);
    const { steps = [], temperatures = [], nodeTemperatures = [], states = [] } = earlier ?? {};
    [this.#steps, this.#temperatures] = [[...steps], [...temperatures]];
    [this.#nodeTemperatures, this.#states] = [[...nodeTemperatures], [...states]];
    if (states.length > 0) this.#last = { step: steps.at(-1)!, values: states.at(-1)! };
  }

  /** @returns the field, which is kept */
  async add(state: State): Promise<Float32Array> {
    const { sampler } = this;
    const values = await sampler.read(state);
    const { step } = state;
    if (!allFinite(values)) {
      throw new SamplerStopped(
        new Error(
          `sample: the field is ${values.find((x) => !Number.isFinite(x))} at step ${step} under ${sampler.name}`,
        ),
        state,
      );
    }
    this.#look(state, values);
    if (this.observer) {
      const [, components, chains] = state.shape;
      this.observer.add(values, components, chains, step);
      this.#last = { step, values };
      return values;
    }
    const temperature = sampler.temperature.at(step - 1);
    this.#steps.push(step);
    this.#temperatures.push(meanTemperature(temperature));
    if (typeof temperature !== 'number') this.#nodeTemperatures.push(temperature);
    this.#states.push(values);
    this.#last = { step, values };
    return values;
  }

  /** A last look at the energies of the last record. */
  async end(state: State): Promise<void> {
    if (this.#last?.step === state.step) this.#look(state, this.#last.values, true);
  }

  #look(state: State, values: Float32Array, isLast = false): void {
    this.#watch.look('sample', state, values, isLast);
  }

  /**
   * A run that stops may have left the states of its law with the step of its last record: no later step has
   * seen it.
   */
  #leaveOut(values: Float32Array, chains: number): void {
    if (!this.#watch.wrongIn(values, chains)) return;
    this.#isSpoilt = true; // what was observed is not taken back
    for (const list of [this.#steps, this.#temperatures, this.#nodeTemperatures, this.#states]) list.pop();
  }

  async collected(state: State, begin: number, every: number): Promise<Samples> {
    const { sampler } = this;
    const saved = await sampler.save(state);
    const {
      shape: [nodes, components, chains],
      gauge,
      seed,
    } = saved;
    const last = this.#last;
    if (last?.step === state.step && !this.#watch.hasPassed(state.step)) this.#leaveOut(last.values, chains);
    return printAs(
      {
        sampler: sampler.name,
        graph: sampler.energy.graph.hash,
        energy: sampler.energy.hash,
        temperature: this.#temperatures.at(-1) ?? meanTemperature(sampler.temperature.at(saved.step)),
        nodes,
        components,
        chains,
        gauge,
        seed,
        begin,
        every,
        steps: this.#steps,
        temperatures: this.#temperatures,
        ...(isByNode(sampler.temperature) ? { nodeTemperatures: this.#nodeTemperatures } : {}),
        states: this.#states,
        ...(this.observer && !this.#isSpoilt ? { observed: this.observer.means } : {}),
        acceptance: sampler.acceptance(state),
        state: saved,
      },
      samplesCard,
    );
  }
}
