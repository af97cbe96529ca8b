// A fused pass over the nodes: the gradient of all local terms, fresh noise and the update of the field in one go,
//   x'_i = update(x_i, dH/dx_i, noise_i),
// or the gradient alone. Chains stand in the lanes when there are at least four, else four nodes do, their neighbours
// side by side in slots of four (sliced ELLPACK, Monakov et al. 2010, doi:10.1007/978-3-642-11515-8_10).
import type { Tape } from '../expression/index.js';
import { Code, type Buffer, type Value, type Variable } from './code.js';
import { parametersBy, slopeOf, type LocalBond, type LocalTerm, type Place } from './localTerm.js';
import { lower } from './lower.js';
import { callFar } from './far.js';
import { fillNormals, fillNormalsOfNodes, normalsOfNodes, storeNodes } from './noiseRows.js';
import { counterBase, normalsOf, philox } from './philox.js';

/** How x' follows from the inputs x, slope and noise, and from `timeStep` and `amplitude`. */
export interface Update {
  readonly tape: Tape;
  /** The noise that is drawn, and for how many steps on; none without. */
  readonly drawn?: { readonly symbol: string; readonly later: number };
  /** The noise that was drawn a step ago and is kept. */
  readonly kept?: string;
}

export interface StepShape {
  readonly components: number;
  readonly chains: number;
}

const buffer = (name: string): Buffer => ({ name, holds: 'float' });
const words = (name: string): Buffer => ({ name, holds: 'word' });
/** The field before and after, the noise before and after: they change places from step to step. */
const [X, NEXT, KEPT, DRAWN] = ['x', 'next', 'kept', 'drawn'].map(buffer);
const [OFFSETS, NEIGHBOURS, SLOTS, DEGREES] = ['offsets', 'neighbours', 'slots', 'degrees'].map(words);
const AMPLITUDES = buffer('amplitudes');

/** The chains that go into lanes together; nodes do where there are fewer. */
export const LANES = 4;
/** Floats of a block of nodes whose noise waits in the nearest cache for their update. */
const BLOCK = 2048;

/** The code of one entry, which returns 1 if a value that it wrote is not finite. */
export function stepCode(terms: readonly LocalTerm[], update: Update, shape: StepShape): { code: Code; result: Variable } {
  const code = new Code();
  const pass = new Pass(code, terms, update, shape);
  if (shape.chains >= LANES) pass.chainsInLanes();
  else pass.nodesByBlocks();
  return { code, result: pass.finish() };
}

/** The same for machines of many small lanes: its range is that of the nodes, or of their places with so many chains each. */
export function placesCode(terms: readonly LocalTerm[], update: Update, shape: StepShape): { code: Code; result: Variable } {
  const code = new Code();
  const pass = new Pass(code, terms, update, shape);
  if (shape.chains >= LANES) pass.chainsOfPlaces(chainsAtOnce(shape));
  else pass.nodesInLanes();
  return { code, result: pass.finish() };
}

/** Chains of one place: those that share the blocks of their noise. */
export const chainsAtOnce = ({ chains }: StepShape): 1 | 4 => (chains % 4 === 0 ? 4 : 1);

class Pass {
  readonly #bonds: readonly LocalBond[];
  /** NaN once a value was not finite. */
  readonly #trace: Variable;
  readonly #amplitude: Value;

  constructor(readonly code: Code, readonly terms: readonly LocalTerm[], readonly update: Update, readonly shape: StepShape) {
    this.#bonds = terms.filter((term) => term.kind === 'bond');
    this.#trace = code.variable('trace', code.float(0));
    this.#amplitude = code.loadSplat(AMPLITUDES, code.argument('step'));
  }

  finish(): Variable {
    const { code } = this;
    const isFinite = code.get(this.#trace).eq(0);
    return code.variable('result', code.any(isFinite.not()));
  }

  /**
   * Block by block, what lies far off is called for, then noise is drawn to where the field will be: it is at hand when
   * the neighbours have come.
   */
  #blocks(draw: (from: Value, to: Value) => void, visit: (from: Value, to: Value) => void): void {
    const { code, shape: { chains, components } } = this;
    const end = code.argument('end');
    const nodes = Math.max(4, 4 * Math.floor(BLOCK / (4 * components * chains)));
    code.loop('block', code.argument('begin'), end, nodes, (from) => {
      const next = from.add(nodes);
      const to = next.where(next.lt(end), end);
      callFar(code, X, NEXT, from, to, components * chains);
      if (this.update.drawn) draw(from, to);
      visit(from, to);
    });
  }

  // Four chains of one node

  chainsInLanes(): void {
    const { code, shape: { chains, components } } = this;
    const vectors = 4 * (components === 1 && chains % 16 === 0 ? 4 : components <= 2 && chains % 8 === 0 ? 2 : 1);
    const whole = chains - (chains % 4);
    const draw = (from: Value, to: Value): void => fillNormals(code, NEXT, from, to, components * chains, this.update.drawn!.later);
    this.#blocks(draw, (from, to) => code.loop('i', from, to, 1, (i) => {
      code.loop('chain', code.index(0), code.index(whole), vectors, (chain) => this.#chains(i, chain, vectors / 4, 4));
      if (whole < chains) this.#chains(i, code.index(whole), 1, chains - whole);
    }));
  }

  /** `stride` chains from one vector to the next; noise that is not `fresh` stands where the field will be. */
  #chains(i: Value, chain: Value, vectors: number, lanes: number, stride = 4, fresh?: () => Value[][]): void {
    const { code, shape: { components, chains } } = this;
    const row = (values: Buffer, node: Value, vector: number): Value[] =>
      each(components, (k) => code.load(values, at(node, k, vector)));
    const at = (node: Value, k: number, vector: number): Value => node.mul(components * chains).add(chain).add(chains * k + stride * vector);
    const own = each(vectors, (v) => row(X, i, v));
    const drawn = this.update.drawn ? (fresh ? fresh() : each(vectors, (v) => row(NEXT, i, v))) : undefined;
    const kept = this.update.kept ? each(vectors, (v) => row(KEPT, i, v)) : undefined;
    const siteParameter = this.#parameter((name) => code.loadSplat(buffer(name), i));
    const slopes = this.#slopes(own, siteParameter, (bond) => {
      code.loop('h', code.loadIndex(OFFSETS, i), code.loadIndex(OFFSETS, i.add(1)), 1, (h) => {
        const j = code.loadIndex(NEIGHBOURS, h);
        bond(each(vectors, (v) => row(X, j, v)), this.#parameter((name) => code.loadSplat(buffer(name), h)));
      });
    });
    const moved = this.#advance(own, slopes, drawn, kept);
    for (let v = 0; v < vectors; v++) {
      moved[v].forEach((value, k) => code.store(NEXT, at(i, k, v), value, lanes));
      if (kept) drawn![v].forEach((value, k) => code.store(DRAWN, at(i, k, v), value, lanes));
    }
  }

  // A few chains of one node, a value each

  chainsOfPlaces(count: 1 | 4): void {
    const { code, shape: { chains, components } } = this;
    const groups = chains / count;
    code.loop('place', code.argument('begin'), code.argument('end'), 1, (place) => {
      const i = place.div(groups);
      const chain = place.sub(i.mul(groups)).mul(count);
      const noise = (): Value[][] => {
        const columns = each(components, (k) => this.#drawChains(i, chain.add(chains * k), count));
        return each(count, (v) => columns.map((column) => column[v]));
      };
      this.#chains(i, chain, count, 1, 1, noise);
    });
  }

  /** Normals of the four lanes of a block, or of a lane wherever it stands in its block. */
  #drawChains(i: Value, lane: Value, count: 1 | 4): Value[] {
    const { code } = this;
    const { stepWord, purpose, key } = counterBase(code);
    const words = philox([stepWord.add(this.update.drawn!.later), i.splat(), lane.shr(2).splat(), purpose], key);
    if (count === 4) return normalsOf(words);
    const [isSecond, isOdd] = [lane.splat().and(2).eq(2), lane.splat().and(1).eq(1)];
    const pair = [0, 1].map((k) => words[2 + k].where(isSecond, words[k]));
    const [cosine, sine] = normalsOf([pair[0], pair[1], pair[0], pair[1]], 2);
    return [sine.where(isOdd, cosine)];
  }

  // Four nodes, each with all its chains

  nodesByBlocks(): void {
    const { code, shape: { chains, components } } = this;
    const lanes = components * chains;
    const draw = (from: Value, to: Value): void => fillNormalsOfNodes(code, NEXT, from, to, lanes, this.update.drawn!.later);
    this.#blocks(draw, (from, to) => code.loop('i', from, to, 4, (i) => {
      this.#nodes(i, this.update.drawn ? code.gather(NEXT, undefined, i, lanes) : undefined);
    }));
  }

  nodesInLanes(): void {
    const { code, update: { drawn }, shape: { chains, components } } = this;
    code.loop('i', code.argument('begin'), code.argument('end'), 4, (i) =>
      this.#nodes(i, drawn && normalsOfNodes(code, i, components * chains, drawn.later)));
  }

  #nodes(i: Value, noise: readonly Value[] | undefined): void {
    const { code, shape: { chains, components } } = this;
    const lanes = components * chains;
    const perChain = (row: readonly Value[]): Value[][] => each(chains, (c) => each(components, (k) => row[k * chains + c]));
    const whole = (parts: readonly (readonly Value[])[]): Value[] => each(lanes, (l) => parts[l % chains][Math.floor(l / chains)]);
    const own = perChain(code.gather(X, undefined, i, lanes));
    const drawn = noise && perChain(noise);
    const kept = this.update.kept ? perChain(code.gather(KEPT, undefined, i, lanes)) : undefined;
    const group = i.shr(2);
    const slopes = this.#slopes(own, this.#parameter((name) => code.load(buffer(name), i)), (bond) => {
      const first = code.loadIndex(OFFSETS, group);
      const degrees = code.load(DEGREES, i);
      code.loop('slot', first, code.loadIndex(OFFSETS, group.add(1)), 1, (slot) => {
        const place = slot.mul(4);
        const neighbours = perChain(code.gather(X, SLOTS, place, lanes));
        bond(neighbours, this.#parameter((name) => code.load(buffer(name), place)), slot.sub(first).splat().lt(degrees));
      });
    });
    const rest = code.argument('end');
    storeNodes(code, NEXT, i, whole(this.#advance(own, slopes, drawn, kept)), rest);
    if (kept) storeNodes(code, DRAWN, i, whole(drawn!), rest);
  }

  // Both

  #parameter(load: (name: string) => Value): Place['parameter'] {
    return parametersBy(this.code, load);
  }

  /**
   * dH/dx of several vectors of one place: `visit` runs over the neighbours and calls back with the field there, the
   * parameters of the bond, and where it counts.
   */
  #slopes(
    own: readonly (readonly Value[])[],
    siteParameter: Place['parameter'],
    visit: (bond: (other: readonly (readonly Value[])[], parameter: Place['parameter'], counts?: Value) => void) => void,
  ): Value[][] {
    const { code, terms } = this;
    const slopes = own.map((x) => x.map(() => code.float(0)));
    const add = (v: number, values: readonly Value[]): void => values.forEach((value, k) => (slopes[v][k] = slopes[v][k].add(value)));
    terms.forEach((term, t) => {
      if (term.kind === 'site') own.forEach((x, v) => add(v, slopeOf(code, term, t, { own: x, parameter: siteParameter })));
    });
    if (this.#bonds.length === 0) return slopes;

    const sums: { v: number; k: number; sum: Variable; factor: Value | undefined }[] = [];
    const known = new Map<string, Variable>();
    const sumFor = (key: string): Variable => known.get(key)!;
    this.#bonds.forEach((_, b) => own.forEach((x, v) => x.forEach((_, k) => {
      known.set(`${b}/${v}/${k}`, code.variable('sum', code.float(0)));
    })));
    visit((other, parameter, counts) => {
      this.#bonds.forEach((term, b) => own.forEach((x, v) => {
        slopeOf(code, term, terms.indexOf(term), { own: x, other: other[v], parameter }).forEach((slope, k) => {
          const [factor, rest] = factored(slope);
          const sum = sumFor(`${b}/${v}/${k}`);
          code.set(sum, code.get(sum).add(counts ? rest.where(counts, 0) : rest));
          sums.push({ v, k, sum, factor });
        });
      }));
    });
    for (const { v, k, sum, factor } of sums) {
      const total = code.get(sum);
      slopes[v][k] = slopes[v][k].add(factor ? total.mul(factor) : total);
    }
    return slopes;
  }

  /** x' of several vectors of places, watched for what is not finite. */
  #advance(
    own: readonly (readonly Value[])[], slopes: readonly (readonly Value[])[],
    drawn: readonly (readonly Value[])[] | undefined, kept: readonly (readonly Value[])[] | undefined,
  ): Value[][] {
    const { code, update } = this;
    const moved = own.map((x, v) => lower(code, update.tape, x.length, (name, k) => {
      if (name === 'x') return x[k];
      if (name === 'slope') return slopes[v][k];
      if (name === update.drawn?.symbol) return drawn![v][k];
      if (name === update.kept) return kept![v][k];
      if (name === 'amplitude') return this.#amplitude;
      return code.argument(name, 'float');
    })[0]);
    const sum = moved.flat().reduce((total, value) => total.add(value)); // no sum of finite fields comes near the largest float32
    code.set(this.#trace, code.get(this.#trace).add(sum.mul(0)));
    return moved;
  }
}

const each = <T>(count: number, make: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k));

/** A product as what is the same in all turns of the loop, if anything, and the rest. */
function factored(value: Value): [factor: Value | undefined, rest: Value] {
  if (value.op !== 'mul') return [undefined, value];
  const [x, y] = value.args;
  const [common, varying] = value.code.isInvariant(x) ? [x, y] : value.code.isInvariant(y) ? [y, x] : [undefined, value];
  if (!common) return [undefined, value];
  const [more, rest] = factored(varying);
  return [more ? common.mul(more) : common, rest];
}
