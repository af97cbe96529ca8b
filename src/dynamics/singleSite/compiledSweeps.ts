// Sweeps of single sites by compiled code, on one thread, on all or on the GPU: the values stay in the memory
// of a program.
import type { Hamiltonian } from '../../energies/index.js';
import type { Field } from '../../fields/index.js';
import { type CompiledState, compiledSampler, type MoveDrive, type Stepper } from '../compiled/index.js';
import { sweptEnergyNotANumber } from '../energyNotANumber.js';
import type { NodeSchedule } from '../schedules/nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { type MovedField, movesField, possibleValues } from './movedField.js';

/**
 * @param stepperFor throws for a gauge that it cannot keep
 * @param needs arrays that its states must have: none where no moves are counted
 */
export function compiledSweeps<Program extends Stepper<MoveDrive>>(
  energy: Hamiltonian,
  moved: MovedField,
  name: string,
  temperature: NodeSchedule,
  madeFor: readonly unknown[],
  stepperFor: (chains: number, gauge: Field['gauge']) => Program,
  needs: readonly string[] = ['accepted'],
): Sampler<CompiledState<Program>> {
  const { caller, states } = moved;
  const nodes = energy.graph.nodeCount;
  return compiledSampler<Program, MoveDrive>({
    caller,
    name,
    energy,
    temperature,
    madeFor,
    needs,
    attempts: nodes,
    ...movesField(moved, nodes, true),
    stepperFor({ shape, gauge }, { values, accepted }) {
      const stepper = stepperFor(shape[2], gauge);
      stepper.load(Float32Array.from(values));
      stepper.accepted?.set(accepted);
      return stepper;
    },
    drive: ({ step, key }) => ({ firstStep: step, key, temperature: (at) => temperature.at(at) }),
    async failure({ shape, step }, stepper, { broken }) {
      const fields = [await stepper.read(), ...(broken ? [broken] : [])];
      return sweptEnergyNotANumber(caller, energy, step, fields, shape[2], possibleValues(states));
    },
  });
}
