// A script is compiled as a page compiles text; its name shows in traces.

export const constants = { USE_MAIN_CONTEXT_DEFAULT_LOADER: undefined };

export class Script {
  constructor(
    readonly text: string,
    readonly options: { filename: string },
  ) {}

  runInThisContext(): unknown {
    const inGlobalScope = eval; // oxlint-disable-line no-eval -- this is what a page compiles text with
    return inGlobalScope(`${this.text}\n//# sourceURL=${this.options.filename}`);
  }
}
