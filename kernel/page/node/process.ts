// The process of a page, for code that asks for it: the lab takes a host without `getBuiltinModule` for a page.
const stream = () => ({ write: (): boolean => true });

Object.assign(globalThis, {
  process: {
    env: {},
    version: 'page',
    browser: true,
    platform: 'browser',
    cwd: () => '/',
    stdout: stream(),
    stderr: stream(),
    nextTick: queueMicrotask,
  },
  setImmediate: (done: () => void) => setTimeout(done, 0),
});
