// The places of a compiled cell or module, from the source maps of tslab's two passes.
import type * as TS from '@tslab/typescript-for-tslab';
import { type Mapping, type Place, type Places, originOf, placesOf } from '../places.js';

/**
 * Places after the second pass to places before the first. `between` takes a place before the second pass to
 * the one after the first; `linesBefore` stand above the cell in the input of the first pass.
 */
export function composePlaces(
  ts: typeof TS,
  firstMap: string,
  secondMap: string,
  between = (place: Place): Place => place,
  linesBefore = 0,
): Places {
  const [first, second] = [firstMap, secondMap].map((map) => placesOf(decoded(ts, map)));
  const rows: number[] = [];
  for (let k = 0; k < second.length; k += 4) {
    const origin = originOf(first, between({ line: second[k + 2], column: second[k + 3] }));
    if (!origin || origin.line < linesBefore) continue;
    rows.push(second[k], second[k + 1], origin.line - linesBefore, origin.column);
  }
  return Int32Array.from(rows);
}

function decoded(ts: typeof TS, map: string): Iterable<Mapping> {
  const { decodeMappings } = ts as unknown as { decodeMappings(text: string): Iterable<Mapping> };
  return decodeMappings((JSON.parse(map) as { mappings: string }).mappings);
}
