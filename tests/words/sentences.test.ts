/** No sentence stands outside words/: what a user reads is said in every language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/base/language.js';

const root = fileURLToPath(new URL('../../src/', import.meta.url));

/** Three words of letters with spaces between. */
const SENTENCE = /\p{L}{2,}[,:;]? \p{L}{2,}[,:;]? \p{L}{2,}/u;

/** Lines to be copied into a shell. */
const COMMAND = /\b(?:npx )?dissipa .*$/gm;

/** Messages of defects, which no user should ever read. */
const DEFECTS = new Set(['Error', 'RangeError', 'TypeError', 'SyntaxError']);

const textOf = (node: ts.Node): string =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
    ? node.text
    : ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
      : '';

function sentencesIn(name: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isRegularExpressionLiteral(node)) return;
    if (ts.isNewExpression(node) && DEFECTS.has(node.expression.getText(file))) return;
    if (SENTENCE.test(textOf(node).replace(COMMAND, ''))) found.push(textOf(node));
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  visit(file);
  return found;
}

/** Code of other languages (shells, C, CSS, scripts of pages), and phrases that texts are searched for. */
const CODE: readonly string[] = [
  'cli/completion.ts',
  'kernels/c-header.ts',
  'kernels/wasm-threads.ts',
  'store/processes-node.ts',
  'study/compare/page.ts',
  'study/lesson/style.ts',
  'study/sweep/page.ts',
  'text/gutenberg/phrases.ts',
  'ui/page/chart-script.ts',
  'ui/page/style.ts',
  'web/playground/page/style.ts',
  'web/threads.ts',
];

test('sentences stand in words/ alone', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !LANGUAGES.some((one) => file.startsWith(`words/${one}/`)));
  const offending = files.filter(
    (file) => sentencesIn(file, readFileSync(join(root, file), 'utf8')).length > 0,
  );
  expect(offending.sort()).toEqual([...CODE].sort());
});

test('a sentence is seen in a string and in a template; an import and a defect are none', () => {
  expect(sentencesIn('a.ts', "say('what is this here'); say(`there are ${n} of them left`);")).toHaveLength(
    2,
  );
  expect(sentencesIn('a.ts', "import 'a b c'; throw new Error('this is a defect'); say('steps')")).toEqual(
    [],
  );
});
