// tfjs advertises its native build at the first tensor, unless in production mode: keeps that out of cells. Its
// engine registers itself as `globalThis._tfengine`.

interface Engine {
  ENV: { setFlags(flags: Record<string, unknown>): void };
}

export function quietTensorFlow(): void {
  Object.defineProperty(globalThis, '_tfengine', {
    configurable: true,
    get: () => undefined,
    set: (engine: Engine) => {
      Object.defineProperty(globalThis, '_tfengine', { value: engine, writable: true, configurable: true });
      engine.ENV.setFlags({ PROD: true });
    },
  });
}
