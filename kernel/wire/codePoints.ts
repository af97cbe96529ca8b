// Cursor positions: the protocol counts Unicode code points (since 5.2), JavaScript UTF-16 units.

/** `toUnits('😀x', 1)` is 2. */
export function toUnits(text: string, codePoints: number): number {
  let units = 0;
  for (let i = 0; i < codePoints && units < text.length; i++)
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  return units;
}

/** `toCodePoints('😀x', 2)` is 1. */
export function toCodePoints(text: string, units: number): number {
  let codePoints = 0;
  for (let i = 0; i < units && i < text.length; codePoints++) i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  return codePoints;
}
