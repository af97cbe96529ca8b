// Everything that the library hands to a cell shows itself, in every host that knows Jupyter's display
// symbol: each public name is an example here, or makes what another example shows, or is plain; and each
// bundle is text first, then valid pictures and tables without scripts, small enough for a notebook.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as lab from './lab.js';
import { examples, hostile, plain, shownAsClass } from './examples.js';

interface Dom {
  JSDOM: new (text: string, options?: { contentType: string }) => { window: { document: Document } };
}
interface Element {
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
}
interface Document {
  readonly documentElement: { readonly nodeName: string; getAttribute(name: string): string | null };
  querySelectorAll(selector: string): ArrayLike<Element>;
}
const { JSDOM } = createRequire(import.meta.url)('jsdom') as Dom;

const display = Symbol.for('Jupyter.display');
const textInspect = Symbol.for('nodejs.util.inspect.custom');
const mostBytes = 200_000;
const isClass = (value: unknown): value is { prototype: object } =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
const nameOf = (example: string): string => example.split(/[ ,]/)[0];

test('every public class has the display symbol', () => {
  const without = Object.entries(lab)
    .filter(([, value]) => isClass(value) && !(display in value.prototype))
    .map(([name]) => name);
  assert.deepEqual(without, []);
});

test('every public name has an example here, or is said to need none', () => {
  const known = [...Object.keys(examples).map(nameOf), ...shownAsClass, ...plain];
  const open = Object.entries(lab)
    .filter(([name, value]) => !isClass(value) && !known.includes(name))
    .map(([name]) => name);
  assert.deepEqual(open, [], 'public, and no word on how it shows');
  const stale = known.filter((name) => !(name in lab));
  assert.deepEqual(stale, [], 'no longer public');
});

const shownClasses = new Set<string>();

for (const [name, make] of Object.entries(examples)) {
  test(`shows: ${name}`, async () => {
    await lab.ready();
    const value = await make();
    shownClasses.add(value.constructor.name);
    const method: unknown = Reflect.get(value, display);
    assert.equal(typeof method, 'function', 'has no display');
    const bundle = (await Reflect.apply(method as () => unknown, value, [])) as Record<string, unknown>;
    const text = bundle['text/plain'];
    assert.ok(
      typeof text === 'string' && text !== '' && !text.includes('[object'),
      `text/plain is ${inspect(text)}`,
    );
    if (value.constructor === Object)
      assert.ok(!String(value).includes('[object'), `as a string ${String(value)}`);
    assert.ok(text.length < 10_000, `text of ${text.length} characters`);
    for (const [mime, content] of Object.entries(bundle)) {
      const size = Buffer.byteLength(typeof content === 'string' ? content : JSON.stringify(content));
      assert.ok(size < mostBytes, `${mime} of ${size} bytes`);
      if (mime !== 'text/plain' && typeof content === 'string')
        assert.ok(!content.includes('<script'), `script in ${mime}`);
      assert.ok(
        typeof content !== 'string' ||
          !/\bNaN|undefined|\[object/.test(content.replace('[1, NaN, Infinity, 4]', '')),
        `not a number in ${mime}`,
      );
    }
    if (bundle['text/html'] !== undefined) checkHtml(String(bundle['text/html']));
    if (bundle['image/svg+xml'] !== undefined) checkSvg(String(bundle['image/svg+xml']));
    if (bundle['text/latex'] !== undefined) checkLatex(String(bundle['text/latex']));
  });
}

test('the examples show an instance of every public class', () => {
  const classes = Object.entries(lab)
    .filter(([, value]) => isClass(value))
    .map(([name]) => name);
  assert.deepEqual(
    classes.filter((name) => !shownClasses.has(name)),
    [],
  );
});

/** Elements as they were written, no handlers, and every picture in it is one. */
function checkHtml(html: string): void {
  const { document } = new JSDOM(html).window;
  assert.equal(document.querySelectorAll('script, iframe, object, link, style').length, 0);
  for (const { attributes } of Array.from(document.querySelectorAll('*'))) {
    for (const { name, value } of Array.from(attributes))
      assert.ok(!name.startsWith('on') && !value.includes('javascript:'), `${name}=${value}`);
  }
  for (const [svg] of html.matchAll(/<svg .*?<\/svg>/gs)) checkSvg(svg);
  assert.equal(document.querySelectorAll('b > b, td b').length, 0, 'markup of a user got through');
}

/** A document of its own: well-formed, with a size, and a colour for what takes the page's. */
function checkSvg(svg: string): void {
  const { documentElement: root } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document;
  assert.equal(root.nodeName, 'svg');
  for (const side of ['width', 'height']) assert.ok(Number(root.getAttribute(side)) > 0, side);
  assert.ok(
    !/(fill|stroke)="(black|#000|#000000|white|#fff|#ffffff)"/i.test(svg),
    'a colour that one of two grounds hides',
  );
}

/** Balanced braces and environments, and nothing that HTML could take for markup. */
function checkLatex(latex: string): void {
  let depth = 0;
  for (const [token] of latex.matchAll(/\\[\\{}]|[{}]/g)) {
    if (token === '{') depth++;
    if (token === '}') depth--;
    assert.ok(depth >= 0, latex);
  }
  assert.equal(depth, 0, latex);
  assert.equal(latex.match(/\\begin/g)?.length, latex.match(/\\end/g)?.length);
  assert.equal(latex.match(/\\left(?![a-z])/g)?.length, latex.match(/\\right(?![a-z])/g)?.length, latex);
  assert.ok(!latex.includes('<b') && !latex.includes(hostile));
  assert.equal(latex.split('$$').length % 2, 1);
}

test('every public class prints as a line or two, not as its fields', () => {
  const own = Object.entries(lab).filter(
    ([name, value]) => isClass(value) && !(value.prototype instanceof Error) && name !== 'Widget',
  );
  assert.deepEqual(
    own
      .filter(([, value]) => !(textInspect in (value as { prototype: object }).prototype))
      .map(([name]) => name),
    [],
  );
});

test('a wall of numbers prints as a few lines', async () => {
  const tables = ['table', 'sentences', 'earlierRows', 'readVerdicts', 'compareVerdicts']; // as long as they are told to be
  const walls = Object.entries(examples).filter(([name]) => !tables.includes(nameOf(name)));
  for (const [name, make] of walls) {
    const value = await make();
    const printed = inspect(value);
    assert.ok(printed.length < 4000, `${name} prints ${printed.length} characters`);
    if (textInspect in value) assert.ok(!/Float(32|64)Array\(/.test(printed), `${name} prints its arrays`);
  }
});

test('a display is not seen by copies, comparisons and JSON', () => {
  const measured = lab.exactly(2);
  assert.deepStrictEqual(measured, { estimate: 2, interval: [2, 2] });
  assert.deepEqual(Reflect.ownKeys({ ...measured }), ['estimate', 'interval']);
  assert.equal(JSON.stringify(measured), '{"estimate":2,"interval":[2,2]}');
  assert.deepEqual(structuredClone(measured), { estimate: 2, interval: [2, 2] });
});
