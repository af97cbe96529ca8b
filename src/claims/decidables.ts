// All that numbers decide: the findings, then the rows of the earlier form.
import { earlierRows } from './earlier.js';
import { findings } from './findings.js';
import type { Decidable } from './verdict.js';

let all: ReadonlyMap<string, Decidable> | undefined;

export const decidables = (): readonly Decidable[] => [...table().values()];

/** @throws Error if nothing has this id */
export function decidable(caller: string, id: string): Decidable {
  const found = table().get(id);
  if (!found)
    throw new Error(`${caller}: no finding and no row of the earlier form has the id ${JSON.stringify(id)}`);
  return found;
}

function table(): ReadonlyMap<string, Decidable> {
  all ??= new Map([...findings(), ...earlierRows()].map((one) => [one.id, one]));
  return all;
}
