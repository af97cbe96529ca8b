// A finding: a question that runs decide. It was asked before the run, with the regions of its numbers; planted
// models on both sides show that it could have come out otherwise.
import type { Quantities } from './quantity.js';

/** A question about the documents' model, and what decides it. */
export interface Finding {
  /** F and the number of its page, as F07. */
  readonly id: string;
  readonly notebook: string;
  /** The ids of the sentences that it decides. */
  readonly sentences: readonly string[];
  /** In one sentence. */
  readonly question: string;
  /** The document's sentence, read by the letter. */
  readonly literal: string;
  /** One repair, where there is one. */
  readonly repair?: string;
  /** What it is compared with, which gets all that it asks for. */
  readonly competitor: string;
  /** Sizes, times and horizons. */
  readonly covers: string;
  /** What decides (`yes` and `no`), and what must hold (`requires`): planted models, exact results. */
  readonly quantities: Quantities;
  /** The models that land on each side. */
  readonly planted: { readonly yes: string; readonly no: string };
  /** The result in words; `{name}` stands for a number of the publication run with its interval. */
  readonly answer: string;
  /** What would overturn it. */
  readonly overturns: string;
  /** Where regions changed after a result: what, when and why. */
  readonly changed?: string;
  /** Where the answer follows from a proof. */
  readonly derived?: { readonly answer: 'yes' | 'no'; readonly proof: string };
  /** Why the lab no longer stands by it. */
  readonly withdrawn?: string;
}
