// Node as a platform of tfjs, in place of its own, which requires `util` and `node-fetch`.
import { env } from '@tensorflow/tfjs-core/dist/environment.js';

const kinds = ['Float32Array', 'Int32Array', 'Uint8Array', 'Uint8ClampedArray'];

if (env().get('IS_NODE') && !env().get('IS_BROWSER')) {
  env().setPlatform('node', {
    fetch: (path, options) => fetch(path, options),
    now: () => performance.now(),
    encode: (text) => new TextEncoder().encode(text),
    decode: (bytes, encoding) => new TextDecoder(encoding).decode(bytes),
    isTypedArray: (value) => ArrayBuffer.isView(value) && kinds.includes(value[Symbol.toStringTag]), // of other realms too
  });
}
