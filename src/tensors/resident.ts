// Tables of four-byte numbers as tensors on a backend: uploaded at first use, freed when the table is
// garbage. They belong to the backend and not to tfjs's scopes, so that no `tidy` frees them.
import type { DataId, KernelBackend, TensorInfo } from '#tfjs';
import { tf } from './tf.js';

export type Table = Int32Array | Float32Array;

interface Storage extends KernelBackend {
  write(values: Table, shape: number[], dtype: 'int32' | 'float32'): DataId;
}
const homes = new WeakMap<KernelBackend, WeakMap<Table, TensorInfo>>();

const abandoned = new FinalizationRegistry<{ backend: KernelBackend; dataId: DataId }>(
  ({ backend, dataId }) => {
    const inUse = tf.findBackend('wasm') === backend || tf.findBackend('tensorflow') === backend;
    if (inUse) backend.disposeData(dataId);
  },
);

/** The table on the backend, in the shape of its first use: a vector by default. */
export function resident(backend: KernelBackend, table: Table, shape: number[] = [table.length]): TensorInfo {
  let tables = homes.get(backend);
  if (!tables) homes.set(backend, (tables = new WeakMap()));
  const known = tables.get(table);
  if (known) return known;
  const dtype = table instanceof Int32Array ? 'int32' : 'float32';
  const dataId = (backend as Storage).write(table, shape, dtype);
  const info = { dataId, shape, dtype } as const;
  tables.set(table, info);
  abandoned.register(table, { backend, dataId }, info);
  return info;
}

/** Frees the table on the backend now; its next use uploads it again. */
export function discard(backend: KernelBackend, table: Table): void {
  const tables = homes.get(backend);
  const info = tables?.get(table);
  if (!info) return;
  tables!.delete(table);
  abandoned.unregister(info);
  backend.disposeData(info.dataId);
}
