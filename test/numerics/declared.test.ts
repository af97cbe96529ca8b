// Options are declared once: a default that is a number, a string or a boolean is said in the option's sentence.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

/** `file: option` of each option whose sentence does not say its default. */
function unsaid(name: string): string[] {
  const text = readFileSync(join(source, name), 'utf8');
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer)) {
      const { expression, arguments: given } = node.initializer;
      const value = given[0];
      const isPlain =
        value &&
        (ts.isNumericLiteral(value) || ts.isStringLiteral(value) || /^(true|false)$/.test(value.getText()));
      if (expression.getText() === 'byDefault' && isPlain) {
        const said = (ts.getJSDocCommentsAndTags(node) as ts.JSDoc[])
          .map((one) => one.getText())
          .join(' ')
          .replace(/\s*\*?\s+/g, ' ');
        const word = ts.isStringLiteral(value) ? value.text : value.getText();
        if (!said.includes('by default') || !said.includes(word))
          found.push(`${name}: ${node.name.getText()} = ${word}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('the sentence of an option says its default', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  assert.deepEqual(files.flatMap(unsaid), []);
});
