// The public functions, constructors and methods of the library, each with the shapes of its parameters.
import ts from 'typescript';
import { eitherOf, given, shapeOf, takesUndefined } from './shapes.mjs';

/** From the declaration of each public function (also in a variable), constructor and method to its signature. */
export function publicSignatures(program, doors) {
  const checker = program.getTypeChecker();
  const found = new Map();
  for (const file of doors.map((door) => program.getSourceFile(door))) {
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(file))) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      for (const declaration of target.declarations ?? []) note(declaration, symbol.name);
    }
  }
  return found;

  function note(declaration, name) {
    const inside = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
    if (inside === undefined || declaration.getSourceFile().isDeclarationFile) return;
    if (ts.isClassDeclaration(inside)) {
      for (const member of inside.members) {
        if (!member.body || isHidden(member)) continue;
        if (ts.isConstructorDeclaration(member)) add(member, name);
        else if (ts.isMethodDeclaration(member) && ts.isIdentifier(member.name)) add(member, member.name.text);
      }
    } else if ((ts.isFunctionDeclaration(inside) || ts.isArrowFunction(inside) || ts.isFunctionExpression(inside)) && inside.body) add(inside, name);
  }

  function add(node, caller) {
    const overloads = overloadsOf(node);
    const parameters = node.parameters.filter((each) => each.name.getText() !== 'this').map((parameter, at) => describe(parameter, at, overloads));
    if (parameters.every(([, shape]) => shape === 'any')) return;
    const ruled = parameters.map(([name], at) => (ts.isIdentifier(node.parameters[at].name) ? lastRule(node, name.replace(/\W/g, '')) : -1));
    const only = (isAsked) => [caller, ...parameters.map(([name, shape], at) => [name, isAsked(ruled[at]) ? shape : 'any'])];
    const last = Math.max(...ruled);
    found.set(node, last < 0 ? { entry: [caller, ...parameters] } : { entry: only((at) => at < 0), later: only((at) => at >= 0), after: last });
  }

  function overloadsOf(node) {
    const symbol = node.name && checker.getSymbolAtLocation(node.name);
    const others = (symbol?.declarations ?? []).filter((each) => each !== node && ts.isFunctionLike(each) && !each.body);
    return others.length > 0 ? others : [node];
  }

  function describe(parameter, at, overloads) {
    const isPattern = !ts.isIdentifier(parameter.name);
    const rest = parameter.dotDotDotToken !== undefined;
    const all = overloads.map((each) => each.parameters[at]);
    const shapes = all.filter((each) => each !== undefined).map((each) => ofParameter(each, rest));
    const shape = shapes.length > 0 ? eitherOf(shapes) : 'any';
    const isLeftOut = all.some((each) => each === undefined || each.questionToken || each.initializer) || takesUndefined(shape);
    const name = isPattern ? 'options' : parameter.name.text;
    return [`${rest ? '...' : ''}${name}${isLeftOut && !rest ? '?' : ''}`, isLeftOut ? given(shape) : shape];
  }

  function ofParameter(parameter, rest) {
    const type = checker.getTypeAtLocation(parameter);
    const shape = shapeOf(checker, type, sentenceOf(parameter));
    return !rest ? shape : typeof shape === 'object' && 'list' in shape ? shape.list : 'any';
  }
}

/** What the function asks itself, by a rule or in words of its own, is asked again only after it. */
const rules = 'check\\w+|require\\w+|levelOf|sourceOf';

/** The last statement of a function that has a rule for this parameter; -1 for none. */
function lastRule({ body }, name) {
  const rule = new RegExp(`\\b(${rules})\\(('\\w+'|caller), ('[\\w ]+', )?${name}\\b[,)]|throw new \\w+\\(\`(\\w+|\\$\\{caller\\}): ${name} `);
  return ts.isBlock(body) ? body.statements.findLastIndex((statement) => rule.test(statement.getText())) : -1;
}

/** What the doc comment says of this parameter. */
function sentenceOf(parameter) {
  return ts.getJSDocParameterTags(parameter).map((tag) => ts.getTextOfJSDocComment(tag.comment) ?? '').join(' ');
}

const isHidden = (member) => (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0
  || (member.name && ts.isPrivateIdentifier(member.name));
