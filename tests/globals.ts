/** The names of a module that are nobody's: what it takes from the place it runs in. */
import ts from 'typescript';

/** What differs from place to place: the system, the screen, the clock, the net, chance. */
const OUTSIDE = new Set([
  ...['process', 'require', 'module', 'Buffer', '__dirname', '__filename', 'globalThis', 'global', 'self'],
  ...['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'indexedDB', 'alert'],
  ...['console', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'postMessage'],
  ...['performance', 'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'queueMicrotask'],
]);

/** `Date.now`, `new Date()`, `Math.random`: of these only a part is from outside. */
function memberFromOutside(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const path = `${node.expression.text}.${node.name.text}`;
    if (path === 'Date.now' || path === 'Math.random') return path;
  }
  const isDate =
    ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date';
  return isDate && (node.arguments?.length ?? 0) === 0 ? 'new Date()' : null;
}

/** Where an identifier only names a part of something else, or a type. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.propertyName === node || parent.name === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return true;
  const isDeclaration =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isAccessor(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isNamedTupleMember(parent);
  return isDeclaration && parent.name === node;
}

/** Names that are declared anywhere in the file; one of them that is used elsewhere for a global is not seen. */
function declaredIn(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isDeclaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node);
    if (isDeclaration && node.name && ts.isIdentifier(node.name) && !isOfType(node))
      names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** A parameter's name in the type of a function declares nothing. */
const isOfType = (node: ts.Node): boolean =>
  ts.isParameter(node) && (ts.isFunctionTypeNode(node.parent) || ts.isMethodSignature(node.parent));

/** What a module uses of the place it runs in, each once. */
export function outsideOf(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = declaredIn(source);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const member = memberFromOutside(node);
    if (member !== null) found.add(member);
    if (ts.isIdentifier(node) && OUTSIDE.has(node.text) && !declared.has(node.text) && !isName(node))
      found.add(node.text);
    if (ts.isImportTypeNode(node)) return;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found].sort();
}
