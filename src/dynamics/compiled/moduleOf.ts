// Compiled modules by content.
import { WebAssembly } from '../../runtime/index.js';

const modules = new Map<string, WebAssembly.Module>();

/** The module of these bytes, compiled once while it is in use. */
export function moduleOf(bytes: Uint8Array): WebAssembly.Module {
  const key = Buffer.from(bytes).toString('latin1');
  let module = modules.get(key);
  if (!module) {
    if (modules.size >= 128) modules.delete(modules.keys().next().value!);
    modules.set(key, (module = new WebAssembly.Module(bytes)));
  }
  return module;
}
