// A step after which the field is not finite, or about to leave float32: where, and by which term.
import type { Hamiltonian } from '../../energies/index.js';
import { chainOf } from '../chains.js';

/** @param before and after the step: [nodes, components, chains] */
export class FieldDiverged extends Error {
  override readonly name = 'FieldDiverged';
  readonly node: number;
  readonly chain: number;
  readonly term: string | undefined;

  constructor(
    caller: string,
    energy: Hamiltonian,
    [, components, chains]: readonly [number, number, number],
    before: Float32Array,
    after: Float32Array,
    readonly step: number,
  ) {
    const notFinite = after.findIndex((x) => !Number.isFinite(x));
    const largest = (most: number, x: number, at: number): number =>
      Math.abs(x) > Math.abs(after[most]) ? at : most;
    const at = notFinite >= 0 ? notFinite : after.reduce(largest, 0); // their sums were not finite
    const [node, component, chain] = [
      Math.floor(at / (components * chains)),
      Math.floor(at / chains) % components,
      at % chains,
    ];
    const worst = steepest(energy, chainOf(before, chain, chains), node * components + component, components);
    super(
      `${caller}: the field is ${after[at]} at node ${node}, component ${component}, chain ${chain} after step ${step}: ` +
        (worst ? `the gradient of "${worst.term}" there was ${worst.slope.toPrecision(3)}; ` : '') +
        (worst && Number.isNaN(worst.energy)
          ? 'its energy was not a number: a step has left the states that have one'
          : 'the time step is too large for the curvature that it met, or the energy has no lower bound'),
    );
    [this.node, this.chain, this.term] = [node, chain, worst?.term];
  }
}

/**
 * The term with the largest gradient at an entry of the state, or with NaN; undefined where no term has a
 * gradient in float64.
 */
function steepest(
  energy: Hamiltonian,
  state: Float64Array,
  at: number,
  components: number,
): { readonly term: string; readonly slope: number; readonly energy: number } | undefined {
  const slopes = energy.terms
    .filter(({ code }) => code)
    .map((term) => {
      const out = new Float64Array(state.length);
      const bound = term.on(energy.graph);
      bound.addGradient64(out, state, components);
      const found = { term: term.name, slope: out[at], energy: bound.energy64(state, components) };
      bound.dispose();
      return found;
    });
  const size = ({ slope }: { slope: number }): number => (Number.isNaN(slope) ? Infinity : Math.abs(slope));
  return slopes.toSorted((a, b) => size(b) - size(a))[0];
}
