// Findings of a certificate in words.
import { type Estimate, short } from '../../statistics/index.js';

/** 'chain 3', 'chains 3, 5', 'chains 0, 1, 2 and 5 more'. */
export function listed(what: string, numbers: readonly number[], most = 3): string {
  const more = numbers.length > most ? ` and ${numbers.length - most} more` : '';
  return `${what}${numbers.length === 1 ? '' : 's'} ${numbers.slice(0, most).join(', ')}${more}`;
}

/** What a temperature off by this factor points to: 2 or 1/2, if its error allows them, or something else. */
export function offBy({ estimate, interval: [low, high] }: Estimate, declared: number): string {
  const away = (factor: number): number => Math.abs(Math.log(estimate / (factor * declared)));
  return Math.min(away(2), away(0.5)) < Math.min(0.2, Math.log(high / low))
    ? 'energy differences off by a factor 2, or noise off by sqrt 2'
    : `off by a factor ${short(estimate / declared)}`;
}
