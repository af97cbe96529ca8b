// Ambient declarations of what the kernel puts into every cell.

export const globals = `
/** Shows a value in the cell's output, as a last expression would. \`update\` replaces it in place. */
declare function display(value: unknown): { update(value: unknown): void };
/** Clears the cell's output; with \`wait\`, when the next output comes. */
declare function clearOutput(wait?: boolean): void;
`;
