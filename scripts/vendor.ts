/**
 * Packages of which little is used, or that would bring many more along, are not a dependency of the package: what
 * src/ imports of a **devDependency** is bundled into dist/vendor/, a module for each that is imported, and the
 * modules of dist/ import that. A dependency stays one. The licences of all that is in there are written down beside it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { digestOf } from './kernel-sources.js';
import { noticeOf, notices } from './notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const target = join(dist, 'vendor');
const mark = join(target, '.digest');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** `@a/b/c.js` → `@a/b` */
const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .sort();

/**
 * A dependency for its types alone, which ours are made of: as a module it loads every language it can say its errors in,
 * 60 ms and 12 MiB each time.
 */
const BUNDLED_TOO: ReadonlySet<string> = new Set(['zod']);

/** By specifier, the names that src/ imports at run time; `*` for all. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

export function importsOf(file: string, text: string): Imports {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, Set<string>>();
  const add = (specifier: ts.Node | undefined, names: readonly string[]): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier) || /^(\.|node:)/.test(specifier.text)) return;
    if (names.length > 0)
      found.set(specifier.text, new Set([...(found.get(specifier.text) ?? []), ...names]));
  };
  const namesOf = (elements: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): string[] =>
    elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ name, propertyName }) => (propertyName ?? name).text);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) {
      const { name, namedBindings } = node.importClause ?? {};
      add(node.moduleSpecifier, [
        ...(name ? ['default'] : []),
        ...(!namedBindings
          ? []
          : ts.isNamedImports(namedBindings)
            ? namesOf(namedBindings.elements)
            : membersOf(source, namedBindings.name.text)),
      ]);
    } else if (ts.isExportDeclaration(node) && !node.isTypeOnly) {
      const { exportClause } = node;
      add(
        node.moduleSpecifier,
        exportClause && ts.isNamedExports(exportClause) ? namesOf(exportClause.elements) : ['*'],
      );
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments.at(0), ['*']);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a module uses of a namespace, so that the rest is left out; `*` where it hands the whole on. */
function membersOf(source: ts.SourceFile, namespace: string): string[] {
  const members = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === namespace && !ts.isNamespaceImport(node.parent)) {
      const { parent } = node;
      if (ts.isPropertyAccessExpression(parent) && parent.expression === node) members.add(parent.name.text);
      else if (!ts.isQualifiedName(parent)) members.add('*');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return members.has('*') ? ['*'] : [...members];
}

/** Files that run in Node alone. */
const OF_NODE = /^(?:cli\/|.*-node\.ts$)/;

interface Bundled {
  readonly names: ReadonlySet<string>;
  /** Only files that run in Node alone import it; else it must do without. */
  readonly isOfNode: boolean;
}

function bundledImports(manifest: Manifest): ReadonlyMap<string, Bundled> {
  const all = new Map<string, Bundled>();
  for (const path of filesIn(join(root, 'src'), '.ts')) {
    const file = relative(join(root, 'src'), path).replaceAll('\\', '/');
    // A page is bundled by itself (build-web.ts).
    if (/^web\/(?:playground|lesson)\//.test(file)) continue;
    for (const [specifier, names] of importsOf(file, readFileSync(path, 'utf8'))) {
      const name = packageOf(specifier);
      const isDependency = (manifest.dependencies?.[name] ?? manifest.peerDependencies?.[name]) !== undefined;
      if (isDependency && !BUNDLED_TOO.has(name)) continue;
      if (!isDependency && manifest.devDependencies?.[name] === undefined)
        throw new Error(`${file} imports ${specifier}, which package.json does not know`);
      const before = all.get(specifier);
      all.set(specifier, {
        names: new Set([...(before?.names ?? []), ...names]),
        isOfNode: (before?.isOfNode ?? true) && OF_NODE.test(file),
      });
    }
  }
  return all;
}

/** Where the module of a specifier lies, from dist/vendor/. */
const placeOf = (specifier: string): string => `${specifier.replace(/\.m?js$/, '')}.js`;

export interface Vendor {
  /** What was bundled is not what is wanted any more: all modules have to be compiled anew. */
  readonly isStale: boolean;
  /** Bundles where something has changed, and has every module of dist/ import what was bundled. */
  readonly build: () => Promise<void>;
}

export function planVendor(): Vendor {
  const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
  const imports = bundledImports(JSON.parse(read('package.json')) as Manifest);
  const digest = digestOf(
    [...imports].map(([specifier, { names, isOfNode }]) => [specifier, [...names].sort(), isOfNode]),
    ['package-lock.json', 'scripts/vendor.ts', 'scripts/notices.ts'].map((file) => read(file)),
  );
  const isStale = !existsSync(mark) || readFileSync(mark, 'utf8') !== digest;
  return {
    isStale,
    build: async () => {
      if (isStale) {
        await bundle(imports);
        writeFileSync(mark, digest);
      }
      redirect(imports);
    },
  };
}

async function bundle(imports: ReadonlyMap<string, Bundled>): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  const stubs = join(target, '.stubs');
  mkdirSync(stubs, { recursive: true });
  const inputs = new Set<string>();
  for (const isOfNode of [true, false]) {
    const wanted = [...imports].filter(([, bundled]) => bundled.isOfNode === isOfNode);
    for (const input of await bundleFor(isOfNode, wanted, stubs)) inputs.add(input);
  }
  rmSync(stubs, { recursive: true });
  const used = [...inputs].flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const folders = [...new Set([...used, ...packagesOfPages(), 'node_modules/node-api-headers'])];
  writeFileSync(
    join(dist, 'THIRD-PARTY-NOTICES.txt'),
    notices(folders.map((folder) => noticeOf(join(root, folder)))),
  );
  console.error(`bundled what is used of ${folders.length} packages`);
}

/** The folders of the packages that pages have in them, and of those that these need. */
function packagesOfPages(): string[] {
  const files = filesIn(join(root, 'src/web'), '.ts').concat(filesIn(join(root, 'src/web'), '.tsx'));
  const specifiers = files.flatMap((file) => [...importsOf(file, readFileSync(file, 'utf8')).keys()]);
  const found = new Set<string>();
  const add = (name: string): void => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(manifest)) return;
    found.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
    Object.keys(dependencies).forEach(add);
  };
  specifiers.map(packageOf).forEach(add);
  return [...found].map((name) => `node_modules/${name}`);
}

/** @returns the files that were bundled, from the project's folder on */
async function bundleFor(
  isOfNode: boolean,
  imports: readonly (readonly [string, Bundled])[],
  stubs: string,
): Promise<string[]> {
  const entryPoints = imports.map(([specifier, { names }]) => {
    const list = [...names].filter((name) => name !== '*').sort();
    const lines = [
      ...(names.has('*') ? [`export * from '${specifier}';`] : []),
      ...(list.length > 0 ? [`export { ${list.join(', ')} } from '${specifier}';`] : []),
    ];
    // An ES module by its name: what it imports of CommonJS is what Node would give it.
    const stub = join(stubs, `${specifier.replace(/\W/g, '-')}.mjs`);
    writeFileSync(stub, lines.join('\n'));
    return { in: stub, out: placeOf(specifier).replace(/\.js$/, '') };
  });
  const { metafile, warnings } = await build({
    entryPoints,
    outdir: target,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: isOfNode ? 'node' : 'browser',
    // CommonJS asks for Node's own modules with `require`, which a module has not.
    ...(isOfNode && {
      banner: {
        js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
      },
    }),
    target: 'es2022',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    chunkNames: 'shared/[name]-[hash]',
    metafile: true,
    logLevel: 'silent',
  });
  for (const { text } of warnings) console.error(`bundling: ${text}`);
  return Object.keys(metafile.inputs);
}

/** tsc leaves alone what has not changed; what was redirected before has nothing left to redirect. */
function redirect(imports: ReadonlyMap<string, Bundled>): void {
  for (const file of filesIn(dist, '.js')) {
    if (file.startsWith(target)) continue;
    const text = readFileSync(file, 'utf8');
    let changed = text;
    for (const { fileName, pos, end } of ts.preProcessFile(text).importedFiles.toReversed()) {
      if (!imports.has(fileName)) continue;
      const path = relative(dirname(file), join(target, placeOf(fileName))).replaceAll('\\', '/');
      // From the opening quote on, but only as long as the name.
      const literal = changed.slice(pos, end + 2);
      changed =
        changed.slice(0, pos) +
        literal.replace(fileName, path.startsWith('.') ? path : `./${path}`) +
        changed.slice(end + 2);
    }
    if (changed !== text) writeFileSync(file, changed);
  }
}
