// The declarations of the cells so far: for each name, the line that brings it into a later cell's file.
//   const, function, class, enum, namespace, type   import { x } from "cell:3"
//   let, var                                        declare let x: typeof import("cell:3").x   (may be
// assigned)
//   an import of the cell's                         the same import again
// A name may be a value of one cell and a type of another, as in `const Color = {…}` and `type Color = keyof
// typeof Color`.
import type { Declared } from './declared.js';

/** Which of the two a name is. */
export interface Meanings {
  readonly value: boolean;
  readonly type: boolean;
}

interface Entry {
  value?: { readonly file: string; readonly one: Declared };
  /** `alone`: the file exports no value of that name. */
  type?: { readonly file: string; readonly alone: boolean };
}

export class Scope {
  readonly #entries = new Map<string, Entry>();

  /**
   * The declarations of a cell replace older ones of the same name; `used`: the names that it has brought in.
   */
  add(file: string, declared: readonly Declared[], used: ReadonlyMap<string, unknown>): void {
    const own = meanings(declared);
    for (const one of declared) {
      const { value, type } = own.get(one.name)!;
      const before = this.#entries.get(one.name);
      const entry: Entry = { value: isValue(one) ? { file, one } : before?.value };
      if (type) entry.type = { file, alone: !value && !used.has(one.name) };
      else if (before?.type?.alone) entry.type = before.type;
      this.#entries.set(one.name, entry);
    }
  }

  /** The cells that declare something that is still meant. */
  files(): Set<string> {
    return new Set(
      [...this.#entries.values()].flatMap(({ value, type }) => [value?.file ?? [], type?.file ?? []].flat()),
    );
  }

  names(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /**
   * The line that declares the earlier meanings of a name beside the cell's own ones; '' if there are no
   * others.
   */
  line(name: string, own: Meanings = { value: false, type: false }): string {
    const { value, type } = this.#entries.get(name) ?? {};
    const ofType = type && !own.type ? `import { ${name} } from "${type.file}";` : '';
    if (!value || own.value) return own.value && !type?.alone ? '' : ofType;
    const { file, one } = value;
    const declare = (how: 'let' | 'const'): string =>
      `declare ${how} ${name}: typeof import("${file}").${name};`;
    const how = one.kind === 'variable' ? 'let' : 'const';
    if (own.type) return declare(how);
    if (one.kind === 'import') return one.importText!;
    if (type && type.file !== file) return type.alone ? `${declare(how)} ${ofType}` : ofType;
    return one.kind === 'variable' && !type ? declare('let') : `import { ${name} } from "${file}";`;
  }

  clear(): void {
    this.#entries.clear();
  }
}

const isValue = ({ kind, isType }: Declared): boolean => kind !== 'type' && !isType;

/** Whether the names of a cell are values, types or both. */
export function meanings(declared: readonly Declared[]): Map<string, Meanings> {
  const found = new Map<string, Meanings>();
  for (const one of declared) {
    const { value, type } = found.get(one.name) ?? { value: false, type: false };
    const isType = one.kind === 'type' || one.kind === 'class' || one.kind === 'import';
    found.set(one.name, { value: value || isValue(one), type: type || isType });
  }
  return found;
}
