// An XML text as elements with their lines, by saxes. It is loaded when it is first used, in some milliseconds; it reads
// no other files, whatever the text's DTD says.

export interface Element {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Its own text, without that of its children. */
  text: string;
}

/** The part of saxes that is used. */
interface Saxes {
  SaxesParser: new (options: { xmlns: false; position: true }) => {
    readonly line: number;
    on(event: 'opentag' | 'closetag', handler: (tag: { name: string; attributes: Record<string, string> }) => void): void;
    on(event: 'text' | 'cdata', handler: (text: string) => void): void;
    on(event: 'error', handler: (error: Error) => void): void;
    write(text: string): { close(): void };
  };
}

let saxes: Saxes | undefined;

/**
 * The root element of a well-formed text.
 * @param refuse called with the line and the fault of one that is not
 */
export function readXml(text: string, refuse: (line: number, fault: string) => never): Element {
  const parser = new (saxes ??= loadSaxes()).SaxesParser({ xmlns: false, position: true });
  const open: Element[] = [];
  let root: Element | undefined;
  parser.on('error', ({ message }) => refuse(parser.line, message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, line: parser.line, attributes, children: [], text: '' };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const add = (words: string): void => {
    const element = open.at(-1);
    if (element) element.text += words;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return root ?? refuse(1, 'no element');
}

function loadSaxes(): Saxes {
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(import.meta.url)('saxes') as Saxes;
}
