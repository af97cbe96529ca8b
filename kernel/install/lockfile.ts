// The part of a lockfile (npm's package-lock.json, version 3) that some packages need, so that another folder
// gets the very versions that the lab is tested with. Paths stay as they are, so that Node finds the same
// package from each.

export interface LockEntry {
  version?: string;
  resolved?: string;
  dependencies?: Readonly<Record<string, string>>;
  optionalDependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
  peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
  optional?: true;
  [other: string]: unknown;
}

/** By path: `''` is the root, `node_modules/a/node_modules/b` a package. */
export type LockedPackages = Readonly<Record<string, LockEntry>>;

/**
 * The entries of these packages and of all that they need. One is optional if nothing but optional
 * dependencies leads to it.
 */
export function lockedWith(names: readonly string[], all: LockedPackages): Record<string, LockEntry> {
  const kept: Record<string, LockEntry> = {};
  const keep = (path: string, isOptional: boolean): void => {
    const known = kept[path];
    if (known && (isOptional || !known.optional)) return;
    const { dev: _dev, peer: _peer, devOptional: _devOptional, optional: _optional, ...entry } = all[path];
    kept[path] = { ...entry, ...(isOptional ? { optional: true } : {}) };
    const optional = Object.keys(entry.optionalDependencies ?? {});
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => !entry.peerDependenciesMeta?.[name]?.optional,
    );
    for (const name of [...Object.keys(entry.dependencies ?? {}), ...peers])
      if (!optional.includes(name)) keep(found(name, path), isOptional);
    for (const name of optional) keep(found(name, path), true);
  };
  const found = (name: string, from: string): string => {
    const path = pathOf(name, from, all);
    if (path === undefined)
      throw new Error(
        `lockedWith: ${from || 'the root'} needs ${name}, which the lockfile does not have; fix: npm install`,
      );
    return path;
  };
  for (const name of names) keep(found(name, ''), false);
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where Node finds a package that is asked for in another: beside it, or in a folder above. */
function pathOf(name: string, from: string, all: LockedPackages): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at && `${at}/`}node_modules/${name}`;
    if (path in all) return path;
    if (at === '') return undefined;
  }
}
