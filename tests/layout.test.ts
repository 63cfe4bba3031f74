/** The folders of src/ import downwards only, as README's map has them, and no file imports itself round a corner. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { outsideOf } from './globals.js';

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
/** The only places that may know Node, or a browser: the command line, the pages that run, and what is behind an interface. */
/** What runs in a page. */
const PAGE = /^web\/(?:playground|lesson)\//;
const OUTSIDE_ALLOWED = /^(?:cli\/|web\/|(?:.*\/)?[a-z-]+-node\.ts$)/;
/** And these, for what is said: each asks first whether it is there, or has it given by its caller. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // Node's own SHA-256 is ten times as fast.
  'base/digest.ts': ['process'],
  // Machine code is found and loaded at once, since an engine is opened without waiting.
  'kernels/addon.ts': ['process'],
  // One addon has one state, also where two copies of the package load it.
  'kernels/native.ts': ['globalThis', 'process'],
  // The debug build is asked for by the environment.
  'kernels/poison.ts': ['process'],
  'kernels/wasm.ts': ['process'],
  'kernels/wasm-threads.ts': ['process'],
  // How many threads help is found by trying.
  'kernels/threads.ts': ['performance', 'process'],
  'kernels/speed.ts': ['performance'],
  // brain.js draws its weights from it; it is lent a seeded one, and given back.
  'study/brainjs/seeded.ts': ['Math.random'],
  // The default of a parameter.
  'store/files-memory.ts': ['Date.now'],
};

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
  .filter((file) => /\.tsx?$/.test(file));
/** As an import names it, `.js`, whatever the source is. */
const sourceOf = (path: string): string =>
  ['.ts', '.tsx'].map((end) => path.replace(/\.js$/, end)).find((file) => files.includes(file)) ??
  path.replace(/\.js$/, '.ts');
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
      .map((name) => sourceOf(normalize(relative(root, join(root, dirname(file), name))))),
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

  test('Node is known in cli/, web/ and behind interfaces alone', () => {
    const knowing = [...specifiers].filter(([, names]) => names.some((name) => name.startsWith('node:')));
    expect(knowing.map(([file]) => file).filter((file) => !OUTSIDE_ALLOWED.test(file))).toEqual([]);
  });

  test('so are the system, the screen, the clock, the net and chance', () => {
    const taken = files
      .filter((file) => !OUTSIDE_ALLOWED.test(file))
      .flatMap((file) =>
        outsideOf(file, readFileSync(join(root, file), 'utf8'))
          .filter((name) => !(EXCEPTIONS[file] ?? []).includes(name))
          .map((name) => `${file}: ${name}`),
      );
    expect(taken).toEqual([]);
  });

  test.each([
    ['process.getBuiltinModule("node:fs")', ['process']],
    ['const m = {}; process.dlopen(m, "x")', ['process']],
    [
      'console.log(performance.now(), Date.now(), new Date(), Math.random())',
      ['Date.now', 'Math.random', 'console', 'new Date()', 'performance'],
    ],
    ['globalThis["document"]; const f = { fetch };', ['fetch', 'globalThis']],
    ['if (typeof window === "undefined") setTimeout(() => 1)', ['setTimeout', 'window']],
    // The same names, of something else.
    ['import { document } from "./a.js"; document.title', []],
    ['({ document }: Page) => document.title', []],
    ['x.process.console; ({ fetch: 1 }); new Date(0); Math.sqrt(2)', []],
    ['interface A { location: string; document(): void }', []],
    ['let f: (document: string) => void; document.title', ['document']],
  ])('the check sees what is from outside: %s', (text, names) => {
    expect(outsideOf('a.ts', text)).toEqual(names);
  });

  test('what runs in a page is imported by nothing else', () => {
    const from = [...imports].filter(([file]) => !PAGE.test(file));
    expect(from.filter(([, targets]) => targets.some((target) => PAGE.test(target)))).toEqual([]);
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
