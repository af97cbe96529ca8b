// Binary values of a widget's state travel beside the JSON, each with its path in the state.
// Source: Jupyter widget messaging protocol 2.1, `buffer_paths`: a value in a list leaves null in its place,
// a value under a name leaves nothing.
import type { Json } from './host.js';

export type Path = readonly (string | number)[];

export interface Packed {
  readonly state: Json;
  readonly buffer_paths: Path[];
  readonly buffers: Uint8Array[];
}

/**
 * The state without its binary values, and these with their paths.
 * @example
 * removeBuffers({ value: Uint8Array.of(1), width: 3 }); // state { width: 3 }, buffer_paths [['value']]
 */
export function removeBuffers(whole: Json): Packed {
  const buffer_paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const without = (value: unknown, path: Path): unknown => {
    if (ArrayBuffer.isView(value)) {
      buffer_paths.push(path);
      buffers.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, k) => without(item, [...path, k]) ?? null);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).map(([name, item]) => [name, without(item, [...path, name])] as const);
    return Object.fromEntries(kept.filter(([, item]) => item !== undefined));
  };
  return { state: without(whole, []) as Json, buffer_paths, buffers };
}

/** Puts binary values back at their paths; ignores a path that does not exist in `state`. */
export function putBuffers(state: Json, paths: unknown, buffers: readonly Uint8Array[]): void {
  if (!Array.isArray(paths)) return;
  paths.forEach((path: unknown, k) => {
    if (!Array.isArray(path) || path.length === 0 || buffers[k] === undefined) return;
    const name = path.at(-1) as unknown;
    const holder = path
      .slice(0, -1)
      .reduce<unknown>(
        (at, step: unknown) =>
          isHolder(at) && isStep(step) && Object.hasOwn(at, step) ? at[step as string] : undefined,
        state,
      );
    if (isHolder(holder) && isPlace(holder, name)) holder[name as string] = buffers[k];
  });
}

/** A value in a list has left null in its place; a value under a name has left nothing. */
function isPlace(holder: Json, name: unknown): boolean {
  if (Array.isArray(holder))
    return Number.isInteger(name) && (name as number) >= 0 && (name as number) < holder.length;
  return typeof name === 'string' && name !== '__proto__';
}

const isStep = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

const isHolder = (value: unknown): value is Json => typeof value === 'object' && value !== null;
