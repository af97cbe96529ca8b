// The kernel's cell compiler in a worker of the page: the thread of the front, with the page's files in the
// place of a disk. It answers as there (compiler/compilerThread.ts).
import './node/process.js';
import './node/worker_threads.js';
import { mount } from './node/fs.js';

await Promise.all([mount(new URL('types.packed', import.meta.url)), import('./node/codeCache.js')]);
await import('../compiler/compilerThread.js');
postMessage({ op: 'ready' });
