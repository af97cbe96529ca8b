// A source map's mappings as the rows of `places`, without the hidden lines before a cell.
import type { Places } from '../cellCompiler.js';
import { ts } from './internals.js';

export function placesOf(mappings: string, linesBefore = 0): Places {
  const rows: number[] = [];
  for (const { generatedLine, generatedCharacter, sourceLine, sourceCharacter } of ts.decodeMappings(mappings)) {
    if (sourceLine === undefined || sourceLine < linesBefore) continue;
    rows.push(generatedLine, generatedCharacter, sourceLine - linesBefore, sourceCharacter!);
  }
  return Int32Array.from(rows);
}
