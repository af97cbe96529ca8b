// A tape on all rows and chains of [rows, components, chains] arrays in one pass. The lanes are four chains
// of a row, or, with fewer chains, four rows, or only one number. The last four end at the end of the array
// and overlap those before: nothing beyond an array is read or written.
import type { Tape } from '../../expressions/index.js';
import { Code, type Buffer, type Value } from '../language/code.js';
import { lower } from '../language/lower.js';
import { each } from '../terms/vicinity.js';

/** How an input lies in memory. Rows: one for all, one for each row, or the row that an index names. */
export interface TapeInput {
  readonly rows: 'one' | 'own' | 'named';
  readonly width: number;
  readonly chains: 'one' | 'own';
}

export interface TapeShape {
  readonly components: number;
  /** In the order of the tape's inputs. */
  readonly inputs: readonly TapeInput[];
  /** What stands in the lanes: chains, some vectors at once; rows, of some chains each; or one number. */
  readonly lanes: { readonly vectors: number } | { readonly chains: number } | 'one';
}

const floats =
  (name: string) =>
  (slot: number): Buffer => ({ name: `${name}${slot}`, holds: 'float' });
const [INPUT, OUTPUT] = [floats('input'), floats('output')];
const NAMES = (slot: number): Buffer => ({ name: `names${slot}`, holds: 'word' });

/** Component k of an input in vector v. */
type Read = (slot: number, k: number, v: number) => Value;
/** Writes the components of an output, for each vector. */
type Write = (slot: number, rows: readonly (readonly Value[])[]) => void;
type Run = (vectors: number, read: Read, write: Write) => void;

/** Its range is that of the rows. */
export function tapeCode(tape: Tape, shape: TapeShape): Code {
  const code = new Code();
  const { lanes, components } = shape;
  const run: Run = (vectors, read, write) => {
    const results = each(vectors, (v) =>
      lower(code, tape, components, (symbol, k) => read(tape.inputs.indexOf(symbol), k, v)),
    );
    tape.outputs.forEach((_, slot) =>
      write(
        slot,
        results.map((outputs) => outputs[slot]),
      ),
    );
  };
  if (typeof lanes === 'object' && 'chains' in lanes) rowsInLanes(code, shape, lanes.chains, run);
  else chainsInLanes(code, shape, lanes === 'one' ? 1 : 4, lanes === 'one' ? 1 : lanes.vectors, run);
  return code;
}

function chainsInLanes(code: Code, { inputs }: TapeShape, lanes: number, vectors: number, run: Run): void {
  const [chains, none] = [code.argument('chains'), code.index(0)];
  const splats = (slot: number, row: Value): Value[] =>
    each(inputs[slot].width, (k) => code.loadSplat(INPUT(slot), row.mul(inputs[slot].width).add(k)));
  const common = inputs.map((input, slot) =>
    input.rows === 'one' && input.chains === 'one' ? splats(slot, none) : undefined,
  );
  code.range('m', 1, (m) => {
    const rows = inputs.map(({ rows }, slot) =>
      rows === 'one' ? none : rows === 'own' ? m : code.loadIndex(NAMES(slot), m),
    );
    const alike = inputs.map(
      (input, slot) => common[slot] ?? (input.chains === 'one' ? splats(slot, rows[slot]) : undefined),
    );
    overlapping(code, 'chain', none, chains, lanes * vectors, (chain) => {
      const at = (row: Value, width: number, k: number, v: number): Value =>
        row
          .mul(width)
          .add(k)
          .mul(chains)
          .add(chain)
          .add(lanes * v);
      const own = inputs.map(({ width }, slot) =>
        each(alike[slot] ? 0 : vectors, (v) =>
          each(width, (k) => code.load(INPUT(slot), at(rows[slot], width, k, v), lanes)),
        ),
      );
      run(
        vectors,
        (slot, k, v) => (alike[slot] ?? own[slot][v])[inputs[slot].width === 1 ? 0 : k],
        (slot, results) =>
          results.forEach((parts, v) =>
            parts.forEach((part, k) => code.store(OUTPUT(slot), at(m, parts.length, k, v), part, lanes)),
          ),
      );
    });
  });
}

function rowsInLanes(code: Code, { inputs }: TapeShape, chains: number, run: Run): void {
  /** Numbers of a row, and the place of component k and chain c among them. */
  const lengths = inputs.map((input) => input.width * (input.chains === 'one' ? 1 : chains));
  const place = (slot: number, k: number, c: number): number =>
    (inputs[slot].width === 1 ? 0 : k) * (inputs[slot].chains === 'one' ? 1 : chains) +
    (inputs[slot].chains === 'one' ? 0 : c);
  const one = (slot: number): Value[] =>
    each(lengths[slot], (n) => code.loadSplat(INPUT(slot), code.index(n)));
  const common = inputs.map(({ rows }, slot) => (rows === 'one' ? one(slot) : undefined));
  overlapping(code, 'm', code.argument('begin'), code.argument('end'), 4, (m) => {
    const rows = inputs.map(
      (input, slot) =>
        common[slot] ??
        code.gather(INPUT(slot), input.rows === 'named' ? NAMES(slot) : undefined, m, lengths[slot]),
    );
    run(
      chains,
      (slot, k, c) => rows[slot][place(slot, k, c)],
      (slot, results) =>
        code.storeRows(
          OUTPUT(slot),
          m,
          each(results[0].length * chains, (n) => results[n % chains][Math.floor(n / chains)]),
        ),
    );
  });
}

/** From `from` to `to` by steps of `by`; the last step is shortened so that it ends at `to`. */
const overlapping = (
  code: Code,
  name: string,
  from: Value,
  to: Value,
  by: number,
  visit: (at: Value) => void,
): void => code.loop(name, from, to, by, (at) => visit(by === 1 ? at : at.atMost(to.sub(by))));
