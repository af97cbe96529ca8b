// A row of the earlier form: a sentence, our reading of it, and regions of its own. The rows of pages that have
// not been made anew keep it; they count on no scoreboard.
import type { Quantities } from './quantity.js';
import type { Sentence } from './sentence.js';

/** How a row was decided. Only a `measured` row takes its verdict from numbers. */
export type Kind = 'definition' | 'theorem' | 'measured' | 'not testable';

/** A row of the earlier form. */
export interface Claim extends Pick<Sentence, 'id' | 'document' | 'section' | 'quote' | 'absent'> {
  readonly claim: string;
  readonly reading: { readonly problem: string; readonly resolution: string };
  readonly experiment: string;
  readonly expectation: string;
  /** Name of the notebook that checks the row. */
  readonly notebook: string;
  readonly kind: Kind;
  /** Written argument of a definition, theorem or sentence that is not testable. */
  readonly argument?: string;
  readonly source?: string;
  readonly quantities: Quantities;
}
