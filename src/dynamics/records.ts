// The records that a run keeps: the field of some steps, with its step and its temperature.
import { printAs } from '../display/index.js';
import { allFinite } from './checkRecords.js';
import { EnergyWatch } from './energyWatch.js';
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

  /** @param earlier goes on with these */
  constructor(
    readonly sampler: Sampler<State>,
    earlier?: Samples,
  ) {
    this.#watch = new EnergyWatch(sampler);
    const { steps = [], temperatures = [], nodeTemperatures = [], states = [] } = earlier ?? {};
    [this.#steps, this.#temperatures] = [[...steps], [...temperatures]];
    [this.#nodeTemperatures, this.#states] = [[...nodeTemperatures], [...states]];
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
    const temperature = sampler.temperature.at(step - 1);
    this.#steps.push(step);
    this.#temperatures.push(meanTemperature(temperature));
    if (typeof temperature !== 'number') this.#nodeTemperatures.push(temperature);
    this.#states.push(values);
    return values;
  }

  /** A last look at the energies of the last record. */
  async end(state: State): Promise<void> {
    if (this.#states.length > 0 && this.#steps.at(-1) === state.step)
      this.#look(state, this.#states.at(-1)!, true);
  }

  #look(state: State, values: Float32Array, isLast = false): void {
    this.#watch.look('sample', state, values, isLast);
  }

  /**
   * A run that stops may have left the states of its law with the step of its last record: no later step has
   * seen it.
   */
  #leaveOut(chains: number): void {
    if (!this.#watch.wrongIn(this.#states.at(-1)!, chains)) return;
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
    if (this.#steps.at(-1) === state.step && !this.#watch.hasPassed(state.step)) this.#leaveOut(chains);
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
        acceptance: sampler.acceptance(state),
        state: saved,
      },
      samplesCard,
    );
  }
}
