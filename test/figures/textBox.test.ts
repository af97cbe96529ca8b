import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textBox, type TextNode } from '../../src/figures/rendering/textBox.js';

/** A text node or element as jsdom would give it. */
function node(
  nodeName: string,
  attributes: Record<string, string>,
  children: readonly (TextNode | string)[],
): TextNode {
  const { size = '', weight = '', slope = '', ...rest } = attributes;
  return {
    nodeType: 1,
    nodeName,
    textContent: '',
    childNodes: children.map((child) =>
      typeof child === 'string'
        ? { nodeType: 3, nodeName: '#text', textContent: child, childNodes: [] }
        : child,
    ),
    style: { fontSize: size, fontWeight: weight, fontStyle: slope, textAnchor: '' },
    getAttribute: (name) => rest[name] ?? null,
  };
}

const width = (attributes: Record<string, string>, ...children: (TextNode | string)[]): number => {
  const box = textBox(node('text', { size: '100px', ...attributes }, children))!;
  return box.right - box.left;
};

test('widths are those of Arial: per mille of the font size from its published metrics', () => {
  // Adobe's Helvetica metrics, which Arial and Arimo share
  for (const [text, regular, bold] of [
    ['a', 55.6, 55.6],
    ['W', 94.4, 94.4],
    ['i', 22.2, 27.8],
    ['f', 27.8, 33.3],
  ] as const) {
    assert.ok(Math.abs(width({}, text) - regular) < 0.1, text);
    assert.ok(Math.abs(width({ weight: 'bold' }, text) - bold) < 0.1, `${text} bold`);
  }
});

test('anchors, lines, indices and transforms move the box', () => {
  const middle = textBox(node('text', { size: '100px', 'text-anchor': 'middle', x: '10', y: '20' }, ['aa']))!;
  assert.ok(Math.abs(middle.left + middle.right - 20) < 1e-6 && Math.abs(middle.bottom - (20 + 21.2)) < 0.1);
  const line = (dy: string) => node('tspan', { x: '0', dy }, ['a']);
  const two = textBox(node('text', { size: '100px' }, [line('0em'), line('1.3em')]))!;
  assert.ok(Math.abs(two.bottom - two.top - (111.7 + 130)) < 0.1, `${two.bottom - two.top}`);
  const index = node('tspan', { size: '70%', dy: '0.3em' }, ['a']);
  assert.ok(Math.abs(width({}, 'a', index) - 1.7 * 55.6) < 0.2);
  const turned = textBox(node('text', { size: '100px', transform: 'translate(5,7)rotate(-90,0,0)' }, ['a']))!;
  assert.ok(Math.abs(turned.bottom - 7) < 1e-6 && Math.abs(turned.bottom - turned.top - 55.6) < 0.1);
  const group = textBox(
    node('g', { transform: 'translate(100, 0)' }, [node('path', {}, []), node('text', {}, ['a'])]),
  )!;
  assert.equal(group.left, 100);
});

test('what holds no text has no box', () => {
  assert.equal(textBox(node('path', {}, [])), undefined);
  assert.equal(textBox(node('g', {}, [])), undefined);
  assert.equal(textBox(node('text', {}, [''])), undefined);
});
