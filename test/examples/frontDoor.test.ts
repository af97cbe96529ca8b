// The front door: at most 80 names, and each room as a namespace with all its names, under a name that people
// do not give to a value of their own. A type with the name of a function is what the function returns.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import * as front from '../../src/index.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = join(root, 'dist', 'src');
const rooms = readdirSync(source).filter((room) => existsSync(join(source, room, 'door.d.ts')));
const doors = ['index.d.ts', ...rooms.map((room) => join(room, 'door.d.ts'))].map((name) =>
  join(source, name),
);
const program = ts.createProgram(doors, {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
  skipLibCheck: true,
});
const checker = program.getTypeChecker();
const exportsOf = (door: string): ts.Symbol[] =>
  checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(door)!)!);
const whole = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

test('the front door has at most 80 names, each room among them with all its own', async () => {
  const names = exportsOf(doors[0]!).map(({ name }) => name);
  assert.ok(names.length <= 80, `${names.length}`);
  const namespaces = { ...front } as Readonly<Record<string, object>>;
  for (const room of rooms) {
    const door = (await import(`../../src/${room}/door.js`)) as object;
    assert.deepEqual(Object.keys(namespaces[room]!), Object.keys(door), room);
  }
});

test('a name stands in one room only', () => {
  const seen = new Map<string, string>();
  for (const [at, door] of doors.slice(1).entries()) {
    for (const { name } of exportsOf(door)) {
      assert.equal(seen.get(name) ?? rooms[at], rooms[at], `${name}: two rooms have it`);
      seen.set(name, rooms[at]!);
    }
  }
});

test('a type with the name of a function, but for capitals, is what the function returns', () => {
  const symbols = doors
    .slice(1)
    .flatMap(exportsOf)
    .map((symbol) => ({ name: symbol.name, of: whole(symbol) }));
  const types = new Map(
    symbols.filter(({ name }) => /^[A-Z]/.test(name)).map((one) => [one.name.toLowerCase(), one.name]),
  );
  const wrong = symbols.flatMap(({ name, of }) => {
    const type = /^[a-z]/.test(name) ? types.get(name.toLowerCase()) : undefined;
    if (type === undefined) return [];
    const returned = checker
      .getTypeOfSymbol(of)
      .getCallSignatures()
      .map((one) => one.getDeclaration().type?.getText() ?? checker.typeToString(one.getReturnType()));
    return returned.some((text) => new RegExp(`\\b${type}\\b`).test(text))
      ? []
      : [`${name}/${type}: ${returned[0]}`];
  });
  assert.deepEqual(wrong, []);
});

test('no notebook gives a value the name of a room', () => {
  const folder = join(root, 'notebooks');
  const taken = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ipynb') && !name.startsWith('.'))
    .flatMap((name) => {
      const { cells } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        cells: { cell_type: string; source: string | string[] }[];
      };
      const code = cells
        .filter((cell) => cell.cell_type === 'code')
        .map((cell) => [cell.source].flat().join('').replace(/^%.*$/gm, ''));
      const file = ts.createSourceFile('cells.ts', code.join('\n;\n'), ts.ScriptTarget.Latest);
      const declared = file.statements
        .filter(ts.isVariableStatement)
        .flatMap((one) => one.declarationList.declarations);
      return declared
        .map((one) => (one.name as ts.Identifier).text)
        .filter((own) => rooms.includes(own))
        .map((own) => `${name}: ${own}`);
    });
  assert.deepEqual(taken, []);
});
