// Index tables as int32 tensors on a backend: uploaded at first use, freed when the table is no longer used.
// They belong to the backend and not to tfjs's scopes, so that no `tidy` takes them away.
import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs';
import { tf } from './tf.js';

interface Storage extends KernelBackend {
  write(values: Int32Array, shape: number[], dtype: 'int32'): DataId;
}
const homes = new WeakMap<KernelBackend, WeakMap<Int32Array, TensorInfo>>();

const abandoned = new FinalizationRegistry<{ backend: KernelBackend; dataId: DataId }>(({ backend, dataId }) => {
  const inUse = tf.findBackend('wasm') === backend || tf.findBackend('tensorflow') === backend;
  if (inUse) backend.disposeData(dataId);
});

/** The table on the backend, as a vector or in the shape that its first use asks for. */
export function resident(backend: KernelBackend, table: Int32Array, shape: number[] = [table.length]): TensorInfo {
  let tables = homes.get(backend);
  if (!tables) homes.set(backend, (tables = new WeakMap()));
  let info = tables.get(table);
  if (!info) {
    const dataId = (backend as Storage).write(table, shape, 'int32');
    info = { dataId, shape, dtype: 'int32' };
    tables.set(table, info);
    abandoned.register(table, { backend, dataId });
  }
  return info;
}
