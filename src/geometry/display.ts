// How a flow shows.
import { captioned, card, counted, formatNumber, type MimeBundle, rangeText, sparkline } from '../display/index.js';
import type { RicciFlow } from './ricciFlow.js';

export function flowCard({ lengths, curvatures, steps, spreads, operations, reason }: RicciFlow): MimeBundle {
  const left = lengths.filter((length) => length > 0 && length < Infinity);
  const of = (what: string): string => String(operations.filter(({ kind }) => kind === what).length);
  return card(`Ricci flow of ${counted(lengths.length, 'edge')}`, {
    steps: `${steps} (${reason})`,
    lengths: left.length > 0 ? rangeText(left) : undefined,
    curvature: left.length > 0 ? rangeText(curvatures.filter((kappa) => !Number.isNaN(kappa))) : undefined,
    'spread of curvature': `${formatNumber(spreads[0])} → ${formatNumber(spreads.at(-1)!)}`,
    ...(operations.length > 0 ? { cut: of('cut'), contracted: of('contracted') } : {}),
  }, spreads.length > 1 ? { picture: captioned(sparkline([spreads]), ['spread of curvature by step']) } : {});
}
