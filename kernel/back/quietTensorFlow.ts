// tfjs advertises its native build at the first tensor, unless in production mode: keeps that out of cells.
// Its engine registers itself as `globalThis._tfengine`.

export function quietTensorFlow(): void {
  Object.defineProperty(globalThis, '_tfengine', {
    configurable: true,
    get: () => undefined,
    set: (engine: { ENV: { setFlags(flags: Record<string, unknown>): void } }) => {
      Object.defineProperty(globalThis, '_tfengine', { value: engine, writable: true, configurable: true });
      engine.ENV.setFlags({ PROD: true });
    },
  });
}
