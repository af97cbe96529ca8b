// The display of series of several chains: curves.
import { captioned, card, counted, type MimeBundle, rangeText, sparkline } from '../../display/index.js';
import { concatenate } from '../../statistics/splitChains.js';

const mostCurves = 5;

/** One series per chain; `what` names the axis of a series. */
export function seriesCard(what: string): (chains: readonly ArrayLike<number>[]) => MimeBundle {
  return (chains) => {
    const curves = chains.slice(0, mostCurves);
    const which = curves.length < chains.length ? [`${curves.length} of ${counted(chains.length, 'chain')}`] : [];
    return card(`${counted(chains.length, 'chain')} of ${counted(chains[0]?.length ?? 0, what)}`, { values: rangeText(concatenate(chains)) }, {
      picture: captioned(sparkline(curves, { width: 260, height: 64 }), which),
    });
  };
}
