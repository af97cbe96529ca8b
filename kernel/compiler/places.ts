// Which line and column of the source each part of compiled JavaScript comes from.

/** Rows (line, column, original line, original column), zero-based, sorted by the first two. */
export type Places = Int32Array;

export interface Place {
  line: number;
  column: number;
}

/** One mapping of a source map, as TypeScript decodes it. */
export interface Mapping {
  generatedLine: number;
  generatedCharacter: number;
  sourceLine?: number;
  sourceCharacter?: number;
}

/** The rows of a source map, in the order of the generated text, without the hidden lines before a cell. */
export function placesOf(mappings: Iterable<Mapping>, linesBefore = 0): Places {
  const rows: number[] = [];
  for (const { generatedLine, generatedCharacter, sourceLine, sourceCharacter } of mappings) {
    if (sourceLine === undefined || sourceLine < linesBefore) continue;
    rows.push(generatedLine, generatedCharacter, sourceLine - linesBefore, sourceCharacter!);
  }
  return Int32Array.from(rows);
}

/** The original of the last row that begins at the place or before it. */
export function originOf(places: Places, { line, column }: Place): Place | undefined {
  let [low, high] = [0, places.length / 4];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [row, from] = [places[4 * middle], places[4 * middle + 1]];
    if (row < line || (row === line && from <= column)) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : { line: places[4 * low - 2], column: places[4 * low - 1] };
}
