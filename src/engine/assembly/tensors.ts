// The engine's own operations on the memory of tfjs's wasm backend: pointers are byte offsets of float32
// and int32 tensors in that memory. The module keeps no memory of its own (no tables, no stack data).
export * from './_rows';
export * from './_components';
export * from './_random';
export * from './_tape';
