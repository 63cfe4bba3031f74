/** The folders of src/ import downwards only, as README's map has them, and no file imports itself round a corner. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../src/', import.meta.url));

/** In the data's own order: a folder imports those before it. Files of src/ itself (the library's face) come last. */
const ORDER = [
  'base',
  'text',
  'kernels',
  'model',
  'bptt',
  'probe',
  'train',
  'store',
  'words',
  'ui',
  'study',
  'web',
  'cli',
  '',
];
/** The only places that may know Node: the command line, and what implements its files and processes. */
const NODE_ALLOWED = /^(cli\/|(store|kernels)\/[a-z-]+-node\.ts$)/;

type Imports = ReadonlyMap<string, readonly string[]>;

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');

function upward(imports: Imports): string[] {
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => ORDER.indexOf(folderOf(target)) > ORDER.indexOf(folderOf(file)))
      .map((target) => `${file} → ${target}`),
  );
}

function circles(imports: Imports): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    else if (!done.has(file)) {
      for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    }
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const specifiers = new Map(
  files.map((file) => [
    file,
    ts.preProcessFile(readFileSync(join(root, file), 'utf8')).importedFiles.map(({ fileName }) => fileName),
  ]),
);
const imports: Imports = new Map(
  [...specifiers].map(([file, names]) => [
    file,
    names
      .filter((name) => name.startsWith('.'))
      .map((name) => normalize(relative(root, join(root, dirname(file), name))).replace(/\.js$/, '.ts')),
  ]),
);

describe('the layout of src/', () => {
  test('every folder has its place, and every import is found', () => {
    expect(files.length).toBeGreaterThan(40);
    for (const [file, targets] of imports) {
      expect(ORDER, file).toContain(folderOf(file));
      for (const target of targets) expect(files, `${file} imports ${target}`).toContain(target);
    }
  });

  test('no import goes upward', () => {
    expect(upward(imports)).toEqual([]);
  });

  test('no circle', () => {
    expect(circles(imports)).toEqual([]);
  });

  test('Node is known in cli/ and behind the file interface alone', () => {
    const knowing = [...specifiers].filter(([, names]) => names.some((name) => name.startsWith('node:')));
    expect(knowing.map(([file]) => file).filter((file) => !NODE_ALLOWED.test(file))).toEqual([]);
  });

  test('the checks see an upward import and a circle', () => {
    expect(upward(new Map([['base/a.ts', ['cli/b.ts']]]))).toEqual(['base/a.ts → cli/b.ts']);
    const circle = new Map([
      ['base/a.ts', ['base/b.ts']],
      ['base/b.ts', ['base/a.ts']],
    ]);
    expect(circles(circle)).toEqual(['base/a.ts → base/b.ts → base/a.ts']);
  });
});
