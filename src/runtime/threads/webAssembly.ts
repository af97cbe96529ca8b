// The part of the WebAssembly interface that the lab uses: TypeScript declares it among the browser's types
// only. https://webassembly.github.io/spec/js-api/

export namespace WebAssembly {
  export interface Memory {
    readonly buffer: ArrayBufferLike;
    /** Adds pages of 65536 bytes; returns the earlier number. */
    grow(pages: number): number;
  }
  export interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  export interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
}

interface Interface {
  readonly Memory: new (size: { initial: number; maximum?: number; shared?: boolean }) => WebAssembly.Memory;
  readonly Module: {
    new (bytes: Uint8Array): WebAssembly.Module;
    exports(module: WebAssembly.Module): { name: string; kind: string }[];
  };
  readonly Instance: new (
    module: WebAssembly.Module,
    imports: { env: { memory: WebAssembly.Memory } },
  ) => WebAssembly.Instance;
  validate(bytes: Uint8Array): boolean;
}

export const WebAssembly = (globalThis as unknown as { WebAssembly: Interface }).WebAssembly;
