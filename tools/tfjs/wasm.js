// tfjs's wasm backend with its program inside: SIMD on one thread, everywhere the same. No file has to be found or fetched, and it is
// compiled at once, not later: tensors can be made from the first line of a script. (Chrome allows a page this up to 8 MB.)
import { registerBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm/dist/register_all_kernels.js';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import load from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import program from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm';

registerBackend(
  'wasm',
  () => {
    const wasm = {
      instantiateWasm(imports, receive) {
        const instance = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(program)), imports);
        receive(instance);
        return instance.exports;
      },
    };
    load(wasm).catch(() => {}); // makes the module of this object, at once; where it cannot, the first call below fails
    const call = (name, result, ...args) => wasm.cwrap(name, result, args);
    wasm.tfjs = {
      init: call('init', null),
      initWithThreadsCount: call('init_with_threads_count', null, 'number'),
      getThreadsCount: call('get_threads_count', 'number'),
      registerTensor: call('register_tensor', null, 'number', 'number', 'number'),
      disposeData: call('dispose_data', null, 'number'),
      dispose: call('dispose', null),
    };
    return new BackendWasm(wasm);
  },
  2,
);

/** Base64 as bytes. */
function bytesOf(text) {
  if (globalThis.Buffer) return Buffer.from(text, 'base64');
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
