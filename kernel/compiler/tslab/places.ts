// The places of a compiled cell or module, from the source maps of tslab's two passes.
import type * as TS from '@tslab/typescript-for-tslab';
import type { Places } from '../cellCompiler.js';

interface Mapping {
  generatedLine: number;
  generatedCharacter: number;
  sourceIndex?: number;
  sourceLine?: number;
  sourceCharacter?: number;
}

export interface Place {
  line: number;
  column: number;
}

/**
 * Places after the second pass to places before the first. `between` takes a place before the second pass to
 * the one after the first; `linesBefore` stand above the cell in what the first pass saw.
 */
export function composePlaces(
  ts: typeof TS,
  firstMap: string,
  secondMap: string,
  between: (place: Place) => Place = (place) => place,
  linesBefore = 0,
): Places {
  const first = mappings(ts, firstMap);
  const rows: number[] = [];
  for (const { generatedLine, generatedCharacter, sourceLine, sourceCharacter } of mappings(ts, secondMap)) {
    const middle = between({ line: sourceLine!, column: sourceCharacter! });
    const origin = last(first, middle);
    if (!origin || origin.sourceLine! < linesBefore) continue;
    rows.push(generatedLine, generatedCharacter, origin.sourceLine! - linesBefore, origin.sourceCharacter!);
  }
  return Int32Array.from(rows);
}

/** In the order of the generated text. */
function mappings(ts: typeof TS, map: string): Mapping[] {
  const { decodeMappings } = ts as unknown as { decodeMappings(text: string): Iterable<Mapping> };
  const { mappings: text } = JSON.parse(map) as { mappings: string };
  return [...decodeMappings(text)].filter(({ sourceIndex }) => sourceIndex !== undefined);
}

/** The last mapping that begins at the place or before it. */
function last(sorted: readonly Mapping[], { line, column }: Place): Mapping | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { generatedLine, generatedCharacter } = sorted[middle]!;
    if (generatedLine < line || (generatedLine === line && generatedCharacter <= column)) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
