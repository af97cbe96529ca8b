// What a driven run records, stage by stage: work, heat and energy of every chain.
import {
  card,
  countText,
  formatNumber,
  type MimeBundle,
  numeral,
  printAs,
  rangeText,
  sparkline,
} from '../../display/index.js';
import { got } from '../../numerics/check.js';
import { mean } from '../../statistics/index.js';
import { requirePlace } from '../checkState.js';
import type { SavedState } from '../sampler.js';

/** Work, heat and entropy of every chain of a driven run. */
export interface DrivenRun {
  readonly sampler: string;
  readonly protocol: Float64Array;
  readonly temperatures: Float64Array;
  /** W and Q of each chain, sums over stages, and - sum of Q_k / T_k, which it gives to the bath. */
  readonly work: Float64Array;
  readonly heat: Float64Array;
  readonly entropy: Float64Array;
  /** By stage, from stage 0 on, where there is neither work nor heat; [chains] each. */
  readonly works: readonly Float64Array[];
  readonly heats: readonly Float64Array[];
  /** H_k at the end of stage k. */
  readonly energies: readonly Float64Array[];
  /** Where the run stands. */
  readonly state: SavedState;
}

/** The stages that are done. */
export class Stages {
  readonly #works: Float64Array[];
  readonly #heats: Float64Array[];
  readonly #energies: Float64Array[];

  /** @param earlier goes on with these. @throws RangeError, TypeError unless it fits the protocol */
  constructor(
    readonly protocol: Float64Array,
    readonly temperatures: Float64Array,
    earlier: DrivenRun | undefined,
  ) {
    if (earlier) requireRun(earlier, protocol);
    this.#works = [...(earlier?.works ?? [])];
    this.#heats = [...(earlier?.heats ?? [])];
    this.#energies = [...(earlier?.energies ?? [])];
  }

  get done(): number {
    return this.#works.length;
  }

  /**
   * Adds a stage: the energies under it before the field moved, and after.
   *
   * @returns the first chain whose numbers are not numbers, and then adds nothing; else -1
   */
  add(jumped: Float64Array, after: Float64Array): number {
    const before = this.#energies.at(-1);
    const work = jumped.map((E, c) => (before ? E - before[c] : 0));
    const heat = after.map((E, c) => (before ? E - jumped[c] : 0));
    const wrong = after.findIndex((E, c) => Number.isNaN(E + work[c] + heat[c]));
    if (wrong >= 0) return wrong;
    this.#works.push(work);
    this.#heats.push(heat);
    this.#energies.push(after);
    return -1;
  }

  collected(sampler: string, state: SavedState): DrivenRun {
    const { protocol, temperatures } = this;
    const [works, heats, energies] = [this.#works, this.#heats, this.#energies];
    const zeros = new Float64Array(state.shape[2]);
    const sum = (by: readonly Float64Array[], weight: (stage: number) => number): Float64Array =>
      zeros.map((_, c) => by.reduce((total, each, stage) => total + each[c] * weight(stage), 0));
    return printAs<DrivenRun>(
      {
        sampler,
        protocol,
        temperatures,
        work: sum(works, () => 1),
        heat: sum(heats, () => 1),
        entropy: sum(heats, (stage) => -1 / temperatures[stage]),
        works,
        heats,
        energies,
        state,
      },
      drivenCard,
    );
  }
}

/**
 * @throws RangeError, TypeError for a run of another protocol, and for one whose stages do not fit its state
 */
function requireRun(
  { protocol: earlier, works, heats, energies, state }: DrivenRun,
  protocol: Float64Array,
): void {
  if (String(earlier) !== String(protocol))
    throw new RangeError('drive: the run to resume has another protocol');
  requirePlace('drive', state ?? {});
  for (const [name, list] of Object.entries({ works, heats, energies })) {
    const isRight =
      Array.isArray(list) &&
      list.length === works.length &&
      list.length <= protocol.length &&
      list.every((each) => each instanceof Float64Array && each.length === state.shape[2]);
    if (!isRight)
      throw new RangeError(
        `drive: ${name} of the run to resume must be a list of ${state.shape[2]} numbers for each stage that is done, got ${got(list)}`,
      );
  }
}

function drivenCard({
  sampler,
  protocol,
  temperatures,
  work,
  heat,
  entropy,
  energies,
}: DrivenRun): MimeBundle {
  return card(
    `Driven run of ${sampler}`,
    {
      protocol: `${formatNumber(protocol[0])} to ${formatNumber(protocol.at(-1)!)} in ${countText(protocol.length - 1, 'jump')}`,
      temperature: rangeText(temperatures),
      chains: numeral(work.length),
      'mean work': formatNumber(mean(work)),
      'mean heat': formatNumber(mean(heat)),
      'mean entropy to the bath': formatNumber(mean(entropy)),
    },
    sparkline([Float64Array.from(energies, mean)]),
    'mean energy by stage',
  );
}
