// The passes of a MALA step around those of the gradient and the energy. `x` is the proposal and `next` its
// gradient. The field, its gradient, its energy and the counts exchange places with those of name ...After
// from step to step, so that an unfinished step overwrites nothing. Energies and their differences are
// float64.
import { exponential as exp, type Expression } from '../../expressions/index.js';
import { Code, type Buffer, type Value } from '../language/code.js';
import { lower } from '../language/lower.js';
import { counterBase, philox, uniformOf } from '../language/philoxWords.js';
import { each, LANES, overNodes, type Rows, type StepShape } from '../terms/vicinity.js';
import { BLOCKS, nodeSumsCode, overChains, totalOf } from './energyPass.js';
import { malaInputs, malaProposal, malaRatio } from './updates.js';
import { fillNormals, nodesOfBlock } from './noiseRows.js';

const [X, SLOPE, FIELD, NEXT_FIELD, FIELD_SLOPE, NEXT_FIELD_SLOPE, NOISE, TAKEN, AMPLITUDES, BETAS] = [
  'x',
  'next',
  'field',
  'fieldAfter',
  'slope',
  'slopeAfter',
  'noise',
  'taken',
  'amplitudes',
  'betas',
].map((name): Buffer => ({ name, holds: 'float' }));
const [RATIOS, ENERGY, NEXT_ENERGY] = ['ratios', 'energy', 'energyAfter'].map(
  (name): Buffer => ({ name, holds: 'double' }),
);
const [COUNTS, NEXT_COUNTS, REFUSALS, NEXT_REFUSALS] = [
  'counts',
  'countsAfter',
  'refusals',
  'refusalsAfter',
].map((name): Buffer => ({ name, holds: 'word' }));

/** After this many steps without a move in any chain a run is stuck. */
export const MAX_REJECTIONS = 200;

const reading =
  (code: Code, rows: ReadonlyMap<Expression, Rows>, v: number) =>
  (symbol: Expression, k: number): Value =>
    rows.get(symbol)?.[v][k] ??
    (symbol === malaInputs.amplitude
      ? code.loadSplat(AMPLITUDES, code.argument('step'))
      : code.argument(symbol.name, 'float'));

/** The proposal, and the noise that it is made of. */
export function proposeCode(shape: StepShape): Code {
  const code = new Code();
  const { components, chains } = shape;
  const width = components * chains;
  code.blocks('block', code.argument('begin'), code.argument('end'), nodesOfBlock(width), (from, to) => {
    fillNormals(code, NOISE, from, to, width, 0, chains < LANES);
    overNodes(code, shape, from, to, (at) => {
      const [field, slope, noise] = [FIELD, FIELD_SLOPE, NOISE].map((buffer) => at.row(buffer, components));
      const rows = new Map([
        [malaInputs.x, field],
        [malaInputs.slope, slope],
        [malaInputs.noise, noise],
      ]);
      at.store(
        X,
        field.map((row, v) => lower(code, malaProposal, row.length, reading(code, rows, v))[0]),
      );
    });
  });
  return code;
}

export const ratioCode = (shape: StepShape): Code =>
  nodeSumsCode(shape, RATIOS, (code, at, add, isNode) => {
    const [slope, now, noise] = [SLOPE, FIELD_SLOPE, NOISE].map((buffer) => at.row(buffer, shape.components));
    const rows = new Map([
      [malaInputs.slopes, slope.map((row, v) => row.map((g, k) => g.add(now[v][k])))],
      [malaInputs.noise, noise],
    ]);
    slope.forEach((row, v) =>
      add(v, lower(code, malaRatio, row.length, reading(code, rows, v))[0][0], isNode),
    );
  });

/**
 * Whether each chain takes its proposal. Returns 1 if an energy is not a number, 2 if the run is stuck. One
 * call for all.
 */
export function decideCode(shape: StepShape): Code {
  const code = new Code();
  const { chains } = shape;
  const [step, zero] = [code.argument('step'), code.index(0)];
  const beta = code.loadSplat(BETAS, step);
  const { stepWord, key } = counterBase(code);
  const purpose = code.argument('acceptancePurpose').splat();
  const [isWrong, hasMoved] = ['isWrong', 'hasMoved'].map((name) => code.variable(name, zero));
  const mark = (variable: typeof isWrong, mask: Value, lanes: number): void =>
    code.set(variable, code.get(variable).or(code.any(lanes < 4 ? code.lane().lt(lanes).and(mask) : mask)));
  overChains(code, shape, (at, chain, lanes) => {
    const [energy, ratio] = [BLOCKS, RATIOS].map((blocks) => totalOf(code, shape, blocks, at));
    const now = [0, 4].map((half) => code.load(ENERGY, at.mul(2).add(half)));
    const [low, high] = energy.map((E, h) => now[h].sub(E).add(ratio[h]));
    const words = philox([stepWord, code.word(0), chain.shr(2).splat(), purpose], key);
    const word =
      chains < LANES
        ? words[at.number / 4]
        : each(3, (k) => k).reduce((other, k) => words[k].where(code.lane().eq(k), other), words[3]);
    const isTaken = uniformOf(word).lt(exp(low.demote(high).mul(beta)));
    const isNaN = energy[0].demote(energy[1]).eq(energy[0].demote(energy[1])).not();
    mark(isWrong, isNaN, lanes);
    mark(hasMoved, isTaken, lanes);
    code.store(TAKEN, chain, code.float(1).where(isTaken, 0), lanes);
    code.store(NEXT_COUNTS, chain, code.load(COUNTS, chain).add(code.word(1).where(isTaken, 0)), lanes);
    energy.forEach((E, h) =>
      code.store(NEXT_ENERGY, at.mul(2).add(4 * h), E.where(spread(code, isTaken, h), now[h])),
    );
  });
  const refusals = zero.where(code.get(hasMoved), code.loadIndex(REFUSALS, zero).add(1));
  code.store(NEXT_REFUSALS, zero, refusals.splat(), 1);
  code.result = code.variable('result', code.get(isWrong).or(refusals.lt(MAX_REJECTIONS).not().shl(1)));
  return code;
}

/** Two of the four lanes of a mask as a mask for float64. */
const spread = (code: Code, mask: Value, half: number): Value => {
  const bits = code.word(-1).where(mask, 0);
  return code.make('shuffle', 'word', [bits, bits], half === 0 ? 0o0011 : 0o2233).lt(0);
};

/** The energies of the first field, without a decision: one call for all. */
export function settleCode(shape: StepShape): Code {
  const code = new Code();
  const zero = code.index(0);
  overChains(code, shape, (at, chain, lanes) => {
    totalOf(code, shape, BLOCKS, at).forEach((E, h) => code.store(NEXT_ENERGY, at.mul(2).add(4 * h), E));
    code.store(TAKEN, chain, code.float(1), lanes);
    code.store(NEXT_COUNTS, chain, code.load(COUNTS, chain), lanes);
  });
  code.store(NEXT_REFUSALS, zero, code.word(0), 1);
  return code;
}

/** The field and its gradient after the step. */
export function takeCode(shape: StepShape): Code {
  const code = new Code();
  const { components } = shape;
  overNodes(code, shape, code.argument('begin'), code.argument('end'), (at) => {
    const masks = at.ofChains(TAKEN, 0).map((taken) => code.float(0).lt(taken));
    for (const [proposed, now, after] of [
      [X, FIELD, NEXT_FIELD],
      [SLOPE, FIELD_SLOPE, NEXT_FIELD_SLOPE],
    ]) {
      const [there, here] = [at.row(proposed, components), at.row(now, components)];
      at.store(
        after,
        there.map((row, v) => row.map((value, k) => value.where(masks[v], here[v][k]))),
      );
    }
  });
  return code;
}
