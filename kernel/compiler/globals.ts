// Ambient declarations of the globals that the kernel adds to every cell.

export const globals = `
/** Shows a value in the cell's output, as a last expression would. \`update\` replaces it in place. */
declare function display(value: unknown): { update(value: unknown): void };
/** Clears the cell's output; with \`wait\`, when the next output comes. */
declare function clearOutput(wait?: boolean): void;
/** Asks the reader of the notebook for a line of text; an empty one counts as \`initial\`. */
declare function prompt(question?: string, initial?: string): string;
/** Asks the reader of the notebook yes or no. */
declare function confirm(question?: string): boolean;
/** Shows a message and waits until the reader of the notebook has confirmed it. */
declare function alert(message?: string): void;
`;
