// Numbers with their intervals in words.
import type { MimeBundle } from '../display/index.js';
import type { Estimate } from './estimate.js';

/** Three significant digits, without an exponent where it reads better so. */
export const short = (x: number): string => {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || x === 0) return String(x);
  return size >= 1e6 || size < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(size >= 100 ? 4 : 3)));
};

export const withInterval = ({ estimate, interval: [low, high] }: Estimate): string =>
  `${short(estimate)} [${short(low)}, ${short(high)}]`;

/** 'chain 3', 'chains 3, 5', 'chains 0, 1, 2 and 5 more'. */
export function listed(what: string, numbers: readonly number[], most = 3): string {
  const shown = numbers.slice(0, most).join(', ');
  const more = numbers.length > most ? ` and ${numbers.length - most} more` : '';
  return `${what}${numbers.length === 1 ? '' : 's'} ${shown}${more}`;
}

/** What a temperature off by this factor points to: 2 or 1/2, if its error allows them, or something else. */
export function offBy({ estimate, interval: [low, high] }: Estimate, declared: number): string {
  const away = (factor: number): number => Math.abs(Math.log(estimate / (factor * declared)));
  return Math.min(away(2), away(0.5)) < Math.min(0.2, Math.log(high / low))
    ? 'energy differences off by a factor 2, or noise off by sqrt 2'
    : `off by a factor ${short(estimate / declared)}`;
}

export const estimateText = (estimate: Estimate): MimeBundle => ({ 'text/plain': withInterval(estimate) });
