// A fused pass over the nodes: the gradient of all terms, fresh noise and the update of the field in one go,
//   x'_i = update(x_i, dH/dx_i, noise_i),
// or the gradient alone.
import { scalar, vector, type Expression, type Tape } from '../../expression/index.js';
import { Code, type Buffer, type Value, type Variable } from '../language/code.js';
import { callFar } from './far.js';
import { overPlaces } from '../wgsl/gpuPlaces.js';
import { lower } from '../language/lower.js';
import { fillNormals, fillNormalsOfNodes, nodesOfBlock } from './noiseRows.js';
import { slopesAt } from '../terms/slopes.js';
import { LANES, overNodes, type Rows, type StepShape, type Vicinity } from '../terms/vicinity.js';
import type { StepTerm } from '../terms/wideTerm.js';

/** The inputs of every update: the field, dH/dx, and sqrt(2 T dt) of the step. */
export const [x, slope, amplitude] = [vector('x'), vector('slope'), scalar('amplitude')];

/** How x' follows from these inputs and the noise; any other input is a number of the job, of the same name. */
export interface Update {
  readonly tape: Tape;
  /** The noise that is drawn, and for how many steps on; none without. */
  readonly drawn?: { readonly symbol: Expression; readonly later: number };
  /** The noise that was drawn a step ago and is kept. */
  readonly kept?: Expression;
  /** A second field: the update's second output is what it is after the step; the gauge leaves it no mean, and nothing where a node is held. */
  readonly velocity?: Expression;
  /** Edges from which dH/dx is estimated, drawn anew in each step and chain (batch.ts); all, without. */
  readonly batch?: number;
}

/** The field before and after, the noise before and after: they change places from step to step. */
const [X, NEXT, KEPT, DRAWN, VELOCITY, NEXT_VELOCITY, AMPLITUDES] =
  ['x', 'next', 'kept', 'drawn', 'velocity', 'nextVelocity', 'amplitudes'].map((name): Buffer => ({ name, holds: 'float' }));

/** The code of one entry, which returns 1 if a value that it wrote is not finite. */
export interface StepCode {
  readonly code: Code;
  readonly result: Variable;
}

/**
 * Block by block, what lies far off is called for, then noise is drawn to where the field will be: it is at hand when the
 * neighbours have come.
 */
export function stepCode(terms: readonly StepTerm[], update: Update, shape: StepShape): StepCode {
  const pass = new Pass(terms, update, shape);
  const { code } = pass;
  const width = shape.components * shape.chains;
  const nodes = nodesOfBlock(width);
  const end = code.argument('end');
  const fill = shape.chains < LANES ? fillNormalsOfNodes : fillNormals;
  code.loop('block', code.argument('begin'), end, nodes, (from) => {
    const next = from.add(nodes);
    const to = next.where(next.lt(end), end);
    callFar(code, X, NEXT, from, to, width);
    if (update.drawn) fill(code, NEXT, from, to, width, update.drawn.later);
    overNodes(code, shape, from, to, (at) => pass.visit(at, () => at.row(NEXT, shape.components)));
  });
  return { code, result: pass.finish() };
}

/** The same for machines of many small lanes: its range is that of the places. */
export function placesCode(terms: readonly StepTerm[], update: Update, shape: StepShape): StepCode {
  const pass = new Pass(terms, update, shape);
  overPlaces(pass.code, shape, (at, normals) => pass.visit(at, normals));
  return { code: pass.code, result: pass.finish() };
}

interface Inputs {
  readonly own: Rows;
  readonly slopes: Rows;
  readonly noise: Rows | undefined;
  readonly before: Rows | undefined;
  readonly second: Rows | undefined;
}

class Pass {
  readonly code = new Code();
  /** NaN once a value was not finite. */
  readonly #trace: Variable;
  /** At a place: of the step, or of the step and the node. */
  readonly #amplitude: (at: Vicinity) => Value;

  constructor(readonly terms: readonly StepTerm[], readonly update: Update, readonly shape: StepShape) {
    const { code } = this;
    this.#trace = code.variable('trace', code.float(0));
    const step = code.argument('step');
    const all = shape.byNode ? undefined : code.loadSplat(AMPLITUDES, step);
    const start = shape.byNode === 'changing' ? step.mul(code.argument('nodes')) : code.index(0);
    this.#amplitude = (at) => all ?? at.ofNode(AMPLITUDES, start);
  }

  finish(): Variable {
    const { code } = this;
    const isFinite = code.get(this.#trace).eq(0);
    return code.variable('result', code.any(isFinite.not()));
  }

  visit(at: Vicinity, draw: (later: number) => Rows): void {
    const { code, terms, update: { drawn, kept, velocity, batch }, shape: { components } } = this;
    const own = at.row(X, components);
    const noise = drawn && draw(drawn.later);
    const before = kept === undefined ? undefined : at.row(KEPT, components);
    const second = velocity && at.row(VELOCITY, components);
    const [moved, velocities] = this.#moved({ own, slopes: slopesAt(code, terms, X, at, own, batch !== undefined), noise, before, second }, this.#amplitude(at));
    at.store(NEXT, moved);
    if (before) at.store(DRAWN, noise!);
    if (second) at.store(NEXT_VELOCITY, velocities!);
  }

  /** x' of several vectors, watched for what is not finite, and the second field. */
  #moved({ own, slopes, noise, before, second }: Inputs, amplitudeNow: Value): [moved: Rows, velocities: Rows | undefined] {
    const { code, update } = this;
    const outputs = own.map((row, v) => lower(code, update.tape, row.length, (symbol, k) => {
      switch (symbol) {
        case x: return row[k];
        case slope: return slopes[v][k];
        case update.drawn?.symbol: return noise![v][k];
        case update.kept: return before![v][k];
        case update.velocity: return second![v][k];
        case amplitude: return amplitudeNow;
        default: return code.argument(symbol.name, 'float');
      }
    }));
    const moved = outputs.map(([output]) => output);
    const sum = moved.flat().reduce((total, value) => total.add(value)); // no sum of finite fields comes near the largest float32
    code.set(this.#trace, code.get(this.#trace).add(sum.mul(0)));
    return [moved, second && outputs.map(([, output]) => output)];
  }
}
