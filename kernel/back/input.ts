// prompt, confirm and alert, synchronous as in browsers and Deno: the main thread blocks until the front
// end's user has answered, in short slices so that an interrupt gets through.
import type { Link } from './link.js';
import type { Contexts } from './contexts.js';

export function createInput(link: Link, contexts: Contexts): object {
  const ask = (question: string): string => link.ask(contexts.current().id, question);
  return {
    prompt: (question = 'Prompt', initial = '') =>
      ask(`${question} ${initial && `[${initial}] `}`) || initial,
    confirm: (question = 'Confirm') => /^y(es)?$/i.test(ask(`${question} [y/N] `).trim()),
    alert: (message = 'Alert') => void ask(`${message} [Enter] `),
  };
}
