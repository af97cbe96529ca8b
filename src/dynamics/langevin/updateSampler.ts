// A sampler whose step is an update (src/codegen/passes/step.ts), as langevin, baoab and sgld are: on
// tensors, which take every energy, or by code compiled for the energy, in the memory of a WebAssembly
// program or on the GPU.
import { type Hamiltonian, notCompiled, requireFewComponents } from '../../energies/index.js';
import { normals, Purpose, type Key } from '../../randomness/index.js';
import { sharedGpu } from '../../runtime/index.js';
import {
  type CompiledState,
  compiledSampler,
  type Drive,
  FieldDiverged,
  GpuStepper,
  WasmStepper,
} from '../compiled/index.js';
import { type Engine, onTensorsOnly, wholeFieldEngine } from '../engine.js';
import type { Sampler, ValuesShape } from '../sampler.js';
import { amplitudeOf, byNodeOf } from '../schedules/nodeTemperature.js';
import { tensorLangevin, type TensorState, type UpdateSetup } from './tensorLangevin.js';

type Program = WasmStepper | GpuStepper;

export type UpdateState = TensorState | (CompiledState<Program> & { readonly setup: UpdateSetup });

export function updateSampler(energy: Hamiltonian, setup: UpdateSetup, asked: Engine): Sampler<UpdateState> {
  const { caller, temperature, update, amplitude } = setup;
  const reason = notCompiled(energy.terms);
  const engine = wholeFieldEngine(asked, () => onTensorsOnly(caller, reason && `${reason} and`));
  if (engine === 'tensors') return tensorLangevin(energy, setup) as Sampler<UpdateState>;
  const byNode = byNodeOf(temperature);
  const fixed = byNode === 'fixed' ? amplitudeOf(temperature.at(0), amplitude) : undefined;
  const numbers = Object.fromEntries([...setup.numbers].map(([symbol, value]) => [symbol.name, value]));

  return compiledSampler<Program, Drive, { readonly setup: UpdateSetup }>({
    ...setup,
    energy,
    byGradient: true,
    madeFor: [energy, update, byNode, engine],
    kept: { setup },
    stepperFor(place, arrays) {
      const { step, key, gauge } = place;
      const [, components, chains] = place.shape;
      requireFewComponents(caller, components);
      const [values, noise, velocities] = ['values', 'noise', 'velocities'].map(
        (name) => arrays[name] && Float32Array.from(arrays[name]),
      );
      const load = <Each extends Program>(stepper: Each): Each => {
        stepper.load(
          values!,
          update.previousNoise && (noise ?? noiseAt(key, step, place.shape)),
          velocities ?? setup.velocity?.(place, values!),
        );
        return stepper;
      };
      const shape = { components, chains, gauge, byNode };
      if (engine === 'wasm') return load(new WasmStepper(caller, energy, update, shape));
      const stepper = sharedGpu()
        .then((gpu) => GpuStepper.create(caller, gpu, energy, update, shape))
        .then(load);
      stepper.catch(() => {}); // the error reaches the code that awaits the stepper
      return stepper;
    },
    drive: ({ step, key }) => ({
      firstStep: step,
      key,
      purpose: Purpose.noise,
      numbers,
      amplitude: (at) => fixed ?? amplitudeOf(temperature.at(at), amplitude),
    }),
    async others({ step, key, shape }, stepper): Promise<Record<string, Float32Array>> {
      const velocities = await stepper.readVelocity();
      return velocities
        ? { velocities }
        : { noise: (await stepper.readNoise()) ?? noiseAt(key, step, shape) };
    },
    failure: async ({ shape, step }, stepper, { broken }) =>
      new FieldDiverged(caller, energy, shape, await stepper.read(), broken!, step),
    load(place, stepper, values) {
      const load = (ready: Program, velocity: Float32Array | undefined, from: Float32Array): Program => {
        ready.load(values, undefined, velocity && setup.reloaded!(place, velocity, from, values));
        return ready;
      };
      if (stepper instanceof WasmStepper) return load(stepper, stepper.readVelocity(), stepper.read());
      const reloaded = async (ready: Program): Promise<Program> =>
        load(ready, await ready.readVelocity(), await ready.read());
      return Promise.resolve(stepper).then(reloaded);
    },
  }) as Sampler<UpdateState>;
}

/** xi_n as [nodes, components, chains]. */
const noiseAt = (key: Key, step: number, [nodes, components, chains]: ValuesShape): Float32Array =>
  normals(new Float32Array(nodes * components * chains), key, {
    step,
    purpose: Purpose.noise,
    nodes,
    lanes: components * chains,
  });
