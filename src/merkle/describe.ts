// An untrusted value in the words of an error: never longer than a line, never an error itself.
export function describe(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return 'an object';
}

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
