// A fused pass over the nodes: the gradient of all terms, fresh noise and the update of the field,
//   x'_i = update(x_i, dH/dx_i, noise_i),
// or the gradient alone.
import { scalar, vector, type Expression, type Tape } from '../../expressions/index.js';
import { Code, type Buffer, type Value, type Variable } from '../language/code.js';
import { prefetchFar } from './far.js';
import { overPlaces } from '../wgsl/gpuPlaces.js';
import { lower } from '../language/lower.js';
import { fillNormals, nodesOfBlock } from './noiseRows.js';
import { slopesAt } from '../terms/slopes.js';
import { LANES, overNodes, type Rows, type StepShape, type Vicinity } from '../terms/vicinity.js';
import type { StepTerm } from '../terms/wideTerm.js';

/** The inputs of every update: the field, dH/dx, and sqrt(2 T dt) of the step. */
export const [x, slope, amplitude] = [vector('x'), vector('slope'), scalar('amplitude')];

/**
 * How x' follows from these inputs and the noise. Any other input is a number of the job with the input's
 * name.
 */
export interface Update {
  readonly tape: Tape;
  /** The noise of this step, or of the step `later` steps on; no noise without. */
  readonly drawn?: { readonly symbol: Expression; readonly later: number };
  /** The noise of the step before, which was kept. */
  readonly previousNoise?: Expression;
  /**
   * A second field, whose next value is the second output. A gauge takes its mean away, or sets it to 0 at
   * pinned nodes.
   */
  readonly velocity?: Expression;
  /**
   * The number of edges from which dH/dx is estimated, new ones in each step and chain (batch.ts); all edges
   * without.
   */
  readonly batch?: number;
}

/** The field before and after, the noise before and after: they change places from step to step. */
const [X, NEXT, KEPT, DRAWN, VELOCITY, NEXT_VELOCITY, AMPLITUDES] = [
  'x',
  'next',
  'kept',
  'drawn',
  'velocity',
  'nextVelocity',
  'amplitudes',
].map((name): Buffer => ({ name, holds: 'float' }));

/**
 * The code returns 1 if a value that it wrote is not finite. In each block of nodes, neighbours that lie far
 * away are prefetched, then the noise is written to where the field will be: when it is needed it is in the
 * cache.
 */
export function stepCode(terms: readonly StepTerm[], update: Update, shape: StepShape): Code {
  const pass = new Pass(terms, update, shape);
  const { code } = pass;
  const width = shape.components * shape.chains;
  code.blocks('block', code.argument('begin'), code.argument('end'), nodesOfBlock(width), (from, to) => {
    prefetchFar(code, X, NEXT, from, to, width);
    if (update.drawn) fillNormals(code, NEXT, from, to, width, update.drawn.later, shape.chains < LANES);
    overNodes(code, shape, from, to, (at) => pass.visit(at, () => at.row(NEXT, shape.components)));
  });
  return pass.finish();
}

/** The same for machines of many small lanes: its range is that of the places. */
export function placesCode(terms: readonly StepTerm[], update: Update, shape: StepShape): Code {
  const pass = new Pass(terms, update, shape);
  overPlaces(pass.code, shape, (at, normals) => pass.visit(at, normals));
  return pass.finish();
}

class Pass {
  readonly code = new Code();
  /** NaN once a value was not finite. */
  readonly #trace: Variable;
  /** sqrt(2 T dt) at a place: of the step, or of the step and the node. */
  readonly #amplitude: (at: Vicinity) => Value;

  constructor(
    readonly terms: readonly StepTerm[],
    readonly update: Update,
    readonly shape: StepShape,
  ) {
    const { code } = this;
    this.#trace = code.variable('trace', code.float(0));
    const step = code.argument('step');
    const all = shape.byNode ? undefined : code.loadSplat(AMPLITUDES, step);
    const start = shape.byNode === 'changing' ? step.mul(code.argument('nodes')) : code.index(0);
    this.#amplitude = (at) => all ?? at.ofNode(AMPLITUDES, start);
  }

  finish(): Code {
    const { code } = this;
    const isFinite = code.get(this.#trace).eq(0);
    code.result = code.variable('result', code.any(isFinite.not()));
    return code;
  }

  visit(at: Vicinity, draw: (later: number) => Rows): void {
    const {
      code,
      terms,
      update: { tape, drawn, previousNoise: kept, velocity, batch },
      shape: { components },
    } = this;
    const own = at.row(X, components);
    const inputs = new Map<Expression, Rows>([[x, own]]);
    if (drawn) inputs.set(drawn.symbol, draw(drawn.later));
    if (kept) inputs.set(kept, at.row(KEPT, components));
    if (velocity) inputs.set(velocity, at.row(VELOCITY, components));
    inputs.set(slope, slopesAt(code, terms, X, at, own, batch !== undefined));
    const amplitudeHere = this.#amplitude(at);
    const outputs = own.map((row, v) =>
      lower(
        code,
        tape,
        row.length,
        (symbol, k) =>
          inputs.get(symbol)?.[v][k] ??
          (symbol === amplitude ? amplitudeHere : code.argument(symbol.name, 'float')),
      ),
    );
    const moved = outputs.map(([output]) => output);
    const sum = moved.flat().reduce((total, value) => total.add(value)); // no sum of finite fields comes near the largest float32
    code.addTo(this.#trace, sum.mul(0), at.counts);
    at.store(NEXT, moved);
    if (kept) at.store(DRAWN, inputs.get(drawn!.symbol)!);
    if (velocity)
      at.store(
        NEXT_VELOCITY,
        outputs.map(([, output]) => output),
      );
  }
}
