// A tape in one pass of generated code over the inputs. Gathered rows are read without a copy.
import type { Tensor3D } from '#tfjs';
import { tapeProgram, type TapeInput, type TapeShape, type WasmProgram } from '../codegen/index.js';
import type { Tape } from '../expressions/index.js';
import type { Binding, Rows } from './bind.js';
import { tf } from './tf.js';
import { address, runOnWasm, tableAt, type WasmBackend } from './wasm.js';

export function evaluateOnWasm(tape: Tape, binding: Binding): Tensor3D[] {
  const backend = tf.backend() as WasmBackend;
  const { rows, components, chains, inputs } = binding;
  const width = (at: number): number => (tape.instructions[at].shape === 'vector' ? components : 1);
  const outputs = tape.outputs.map((at) => backend.makeOutput([rows, width(at), chains], 'float32'));
  if (rows * chains > 0) {
    const plan = planOf(tape);
    const isFlat =
      (plan.isLocal || components === 1) && inputs.every((input) => isFull(input, binding) || isOne(input));
    const run = isFlat ? flat(binding) : binding;
    const values = [
      run.chains,
      ...inputs.map((input) => address(backend, input.values)),
      ...inputs.map(({ index }) => (index ? tableAt(backend, index.targets) : 0)),
      ...outputs.map((output) => address(backend, output)),
    ];
    const shape = {
      components: run.components,
      lanes: lanesOf(run),
      inputs: inputs.map((input) => describe(input, isFlat)),
    };
    runOnWasm(backend, programOf(plan, tape, shape), values, run.rows);
  }
  return outputs.map((output) => tf.engine().makeTensorFromTensorInfo(output, backend) as Tensor3D);
}

type Extent = Pick<Binding, 'rows' | 'components' | 'chains'>;

interface Plan {
  /** Whether each number depends only on the numbers at the same place. */
  readonly isLocal: boolean;
  readonly programs: Map<string, WasmProgram>;
}

const plans = new WeakMap<Tape, Plan>();

function planOf(tape: Tape): Plan {
  const known = plans.get(tape);
  if (known) return known;
  const { instructions, outputs } = tape;
  const isByComponent = instructions.every(({ op }) => typeof op === 'string' || op.byComponent);
  const plan: Plan = {
    isLocal: isByComponent && outputs.every((at) => instructions[at].shape === 'vector'),
    programs: new Map(),
  };
  plans.set(tape, plan);
  return plan;
}

function programOf({ programs }: Plan, tape: Tape, shape: TapeShape): WasmProgram {
  const key = JSON.stringify(shape);
  let program = programs.get(key);
  if (!program) programs.set(key, (program = tapeProgram(tape, shape)));
  return program;
}

const isFull = ({ values: { shape }, index }: Rows, { rows, components, chains }: Extent): boolean =>
  !index && shape[0] === rows && shape[1] === components && shape[2] === chains;

const isOne = ({ values, index }: Rows): boolean => values.size === 1 && !index;

/** All numbers as the chains of one row. */
const flat = ({ rows, components, chains }: Extent): Extent => ({
  rows: 1,
  components: 1,
  chains: rows * components * chains,
});

function describe({ values: { shape, size }, index }: Rows, isFlat: boolean): TapeInput {
  if (isFlat) return { rows: 'one', width: 1, chains: size === 1 ? 'one' : 'own' };
  return {
    rows: index ? 'named' : shape[0] === 1 ? 'one' : 'own',
    width: shape[1],
    chains: shape[2] === 1 ? 'one' : 'own',
  };
}

function lanesOf({ rows, chains }: Extent): TapeShape['lanes'] {
  if (chains >= 8) return { vectors: 2 };
  if (chains >= 4) return { vectors: 1 };
  return rows >= 4 ? { chains } : 'one';
}
