// KaTeX declares its extension without a type.
declare module 'katex/contrib/auto-render' {
  export default function render(at: HTMLElement, options: object): void;
}
