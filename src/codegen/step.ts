// A fused pass over the nodes: the gradient of all terms, fresh noise and the update of the field in one go,
//   x'_i = update(x_i, dH/dx_i, noise_i),
// or the gradient alone.
import type { Tape } from '../expression/index.js';
import { Code, type Buffer, type Value, type Variable } from './code.js';
import { callFar } from './far.js';
import { overPlaces } from './gpuPlaces.js';
import { lower } from './lower.js';
import { fillNormals, fillNormalsOfNodes } from './noiseRows.js';
import { slopesAt } from './slopes.js';
import { LANES, overNodes, type Rows, type StepShape, type Vicinity } from './vicinity.js';
import type { StepTerm } from './wideTerm.js';

/** How x' follows from the inputs x, slope and noise, and from `timeStep` and `amplitude`. */
export interface Update {
  readonly tape: Tape;
  /** The noise that is drawn, and for how many steps on; none without. */
  readonly drawn?: { readonly symbol: string; readonly later: number };
  /** The noise that was drawn a step ago and is kept. */
  readonly kept?: string;
}

/** The field before and after, the noise before and after: they change places from step to step. */
const [X, NEXT, KEPT, DRAWN, AMPLITUDES] = ['x', 'next', 'kept', 'drawn', 'amplitudes'].map((name): Buffer => ({ name, holds: 'float' }));
/** Floats of a block of nodes whose noise waits in the nearest cache for their update. */
const BLOCK = 2048;

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
  const nodes = Math.max(4, 4 * Math.floor(BLOCK / (4 * width)));
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

class Pass {
  readonly code = new Code();
  /** NaN once a value was not finite. */
  readonly #trace: Variable;
  readonly #amplitude: Value;

  constructor(readonly terms: readonly StepTerm[], readonly update: Update, readonly shape: StepShape) {
    const { code } = this;
    this.#trace = code.variable('trace', code.float(0));
    this.#amplitude = code.loadSplat(AMPLITUDES, code.argument('step'));
  }

  finish(): Variable {
    const { code } = this;
    const isFinite = code.get(this.#trace).eq(0);
    return code.variable('result', code.any(isFinite.not()));
  }

  visit(at: Vicinity, draw: (later: number) => Rows): void {
    const { code, terms, update: { drawn, kept }, shape: { components } } = this;
    const own = at.row(X, components);
    const noise = drawn && draw(drawn.later);
    const before = kept === undefined ? undefined : at.row(KEPT, components);
    at.store(NEXT, this.#moved(own, slopesAt(code, terms, X, at, own), noise, before));
    if (before) at.store(DRAWN, noise!);
  }

  /** x' of several vectors, watched for what is not finite. */
  #moved(own: Rows, slopes: Rows, noise: Rows | undefined, before: Rows | undefined): Rows {
    const { code, update } = this;
    const moved = own.map((x, v) => lower(code, update.tape, x.length, (name, k) => {
      if (name === 'x') return x[k];
      if (name === 'slope') return slopes[v][k];
      if (name === update.drawn?.symbol) return noise![v][k];
      if (name === update.kept) return before![v][k];
      if (name === 'amplitude') return this.#amplitude;
      return code.argument(name, 'float');
    })[0]);
    const sum = moved.flat().reduce((total, value) => total.add(value)); // no sum of finite fields comes near the largest float32
    code.set(this.#trace, code.get(this.#trace).add(sum.mul(0)));
    return moved;
  }
}
