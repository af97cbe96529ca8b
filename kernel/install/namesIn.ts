// What a folder holds, sorted; nothing where there is none, or none that may be read: Jupyter sees nothing there either.
import { readdirSync } from 'node:fs';

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
