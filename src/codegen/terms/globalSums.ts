// The passes before a step with functions of global sums: S_k of every chain over blocks of nodes of a fixed
// length, then over the blocks, whatever threads share the work; from them lambda_k = dg/dS_k. Chains stand
// in the lanes.
import { all } from '../../expressions/index.js';
import { Code, type Buffer, type Value } from '../language/code.js';
import { rowsOfBlock, SUM_BLOCK } from '../passes/gaugePass.js';
import { lower } from '../language/lower.js';
import { each, overLanes, type Rows, type StepShape, type Vicinity } from './vicinity.js';
import {
  countName,
  globalsOf,
  reading,
  together,
  type Placed,
  type GlobalTerm,
  type StepTerm,
} from './wideTerm.js';

const [X, SUMS, LAMBDAS] = ['x', 'globalSums', 'lambdas'].map((name): Buffer => ({ name, holds: 'float' }));

const numbers =
  (code: Code) =>
  (name: string): Value =>
    code.argument(name, 'float');

/** The sums over nodes [from, to), a block, of `lanes` chains. */
function sumBlock(
  code: Code,
  terms: readonly StepTerm[],
  { components, chains }: StepShape,
  block: Value,
  [from, to]: readonly [Value, Value],
  chain: Value,
  lanes: number,
): void {
  const { placed, width } = globalsOf(terms);
  const sums = each(width, () => code.variable('sum', code.float(0)));
  code.loop('i', from, to, 1, (i) => {
    const own = each(components, (k) =>
      code.load(
        X,
        i
          .mul(components * chains)
          .add(chain)
          .add(k * chains),
      ),
    );
    for (const { term, t, start } of placed) {
      lower(
        code,
        term.tapes.bodies,
        components,
        reading(t, term, new Map([[term.own, own]]), numbers(code)),
      ).forEach(([value], k) => code.addTo(sums[start + k], value));
    }
  });
  sums.forEach((sum, k) =>
    code.store(
      SUMS,
      block
        .mul(width * chains)
        .add(chain)
        .add(k * chains),
      code.get(sum),
      lanes,
    ),
  );
}

/** lambda_k of `lanes` chains. */
function multipliers(
  code: Code,
  terms: readonly StepTerm[],
  { components, chains }: StepShape,
  chain: Value,
  lanes: number,
): void {
  const { placed, width } = globalsOf(terms);
  const totals = each(width, () => code.variable('total', code.float(0)));
  code.loop('block', code.index(0), code.argument('sumBlocks'), 1, (block) =>
    totals.forEach((total, k) =>
      code.addTo(
        total,
        code.load(
          SUMS,
          block
            .mul(width * chains)
            .add(chain)
            .add(k * chains),
        ),
      ),
    ),
  );
  for (const { term, t, start } of placed) {
    const inputs = new Map([
      [term.count, [numbers(code)(countName(t))]],
      ...together(
        term.totals,
        term.totals.map((_, k) => [code.get(totals[start + k])]),
      ),
    ]);
    const [, ...lambdas] = lower(code, term.tapes.outer, components, reading(t, term, inputs, numbers(code)));
    lambdas.forEach(([lambda], k) => code.store(LAMBDAS, chain.add((start + k) * chains), lambda, lanes));
  }
}

/** Over all nodes, in grains of a block. */
export function globalSumsCode(terms: readonly StepTerm[], shape: StepShape): Code {
  const code = new Code();
  code.blocks('from', code.argument('begin'), code.argument('end'), SUM_BLOCK, (from, to) =>
    overLanes(code, shape.chains, (chain, lanes) =>
      sumBlock(code, terms, shape, from.shr(Math.log2(SUM_BLOCK)), [from, to], chain, lanes),
    ),
  );
  return code;
}

/** One call for all. */
export function lambdasCode(terms: readonly StepTerm[], shape: StepShape): Code {
  const code = new Code();
  code.range('all', 1, () =>
    overLanes(code, shape.chains, (chain, lanes) => multipliers(code, terms, shape, chain, lanes)),
  );
  return code;
}

/** For machines of many small lanes: one block and one chain per place. */
export function globalSumPlacesCode(terms: readonly StepTerm[], shape: StepShape): Code {
  const code = new Code();
  code.range('place', 1, (place) => {
    const block = place.div(shape.chains);
    sumBlock(
      code,
      terms,
      shape,
      block,
      rowsOfBlock(block, code.argument('nodes')),
      place.sub(block.mul(shape.chains)),
      1,
    );
  });
  return code;
}

/** One chain per place. */
export function lambdaPlacesCode(terms: readonly StepTerm[], shape: StepShape): Code {
  const code = new Code();
  code.range('chain', 1, (chain) => multipliers(code, terms, shape, chain, 1));
  return code;
}

/** dg/dx of each vector: sum_k lambda_k df_k/dx. */
export function globalSlopes(
  code: Code,
  { term, t, start }: Placed<GlobalTerm>,
  at: Vicinity,
  own: Rows,
): Rows {
  const lambdas = term.totals.map((_, k) => at.ofChains(LAMBDAS, start + k));
  if (lambdas.length === 0) return own.map((x) => x.map(() => code.float(0)));
  return own.map((x, v) => {
    const inputs = new Map([
      [term.own, x],
      ...together(
        term.lambdas,
        lambdas.map((lambda) => [lambda[v]]),
      ),
    ]);
    const [slope] = lower(code, term.tapes.pull, x.length, reading(t, term, inputs, at.parameter));
    return all(slope, x.length);
  });
}
