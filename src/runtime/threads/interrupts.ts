// When a Jupyter kernel stops a cell, work in other threads goes on. To stop it too, the kernel calls every
// member of the set `globalThis[Symbol.for('Jupyter.interrupts')]`. Other hosts have no such set.
export const interrupts = (): Set<() => void> | undefined =>
  (globalThis as { [name: symbol]: unknown })[Symbol.for('Jupyter.interrupts')] as
    | Set<() => void>
    | undefined;
