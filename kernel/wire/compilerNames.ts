// The cell compilers that the kernel can be started with (`--compiler`).
export const compilerNames = ['typescript', 'tslab'] as const;
export type CompilerName = (typeof compilerNames)[number];
