// The names in a folder, sorted; empty where the folder does not exist or cannot be read: Jupyter sees
// nothing there either.
import { readdirSync } from 'node:fs';

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
