/**
 * Builds what runs in browsers. The playground: src/web/playground as one HTML file, worker and corpus inside, its policy
 * naming the hash of its one script. And what a lesson's page measures again with: src/web/lesson as a script, and packed
 * the program of its worker, corpus inside. Does nothing when nothing that goes into them has changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';
import { noticeOf, notices } from './notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = (name: string): string => join(root, 'src/web', name);
const target = join(root, 'dist/web/playground.html');
const chartScript = join(root, 'src/ui/page/chart-script.ts');
const again = join(root, 'dist/web/lesson.json');
const mark = join(root, 'dist/web/playground.digest');

/** Everything under src/ may go into it, and a change of the lock file may change what is bundled. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  const files = ['src', 'corpus']
    .flatMap((dir) =>
      readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((file) => join(dir, file)),
    )
    .filter((file) => /\.(tsx?|css|txt)$/.test(file) && !/src.(cli)./.test(file))
    .sort();
  for (const file of [...files, 'package-lock.json', 'scripts/build-web.ts', 'tsconfig.json'])
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** The bundled texts, by name, in the order in which `train` reads them. */
const bundledTexts = (): { name: string; text: string }[] =>
  readdirSync(join(root, 'corpus'))
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(root, 'corpus', name), 'utf8') }));

/** Modules whose content is made here. */
function made(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'made',
    enforce: 'pre',
    resolveId: (id) => {
      const name = Object.keys(modules).find((one) => id === one || id.endsWith(`/${one}`));
      return name === undefined ? null : `\0${name}`;
    },
    load: (id) => (id.startsWith('\0') ? (modules[id.slice(1)] ?? null) : null),
  };
}

/** Charts are drawn in a DOM that is there. */
const NO_LINKEDOM = 'export const parseHTML = () => ({ document: globalThis.document });';
/** The native engine is none of a browser's. */
const NO_NATIVE = "export const openNative = () => null; export const whyNoNative = () => 'browser';";
const SHIMS = { linkedom: NO_LINKEDOM, 'native.js': NO_NATIVE };

/** The build with relaxed SIMD, whose bits depend on the machine, is taken by nothing that runs in a page. */
async function withoutRelaxed(): Promise<Record<string, string>> {
  const { simd } = await import('../src/kernels/wasm-binary.js');
  return { 'wasm-binary.js': `export const relaxed = ''; export const simd = ${JSON.stringify(simd)};` };
}

interface Bundle {
  readonly code: string;
  /** Folders of the packages that are in it. */
  readonly packages: readonly string[];
}

const packageOf = (id: string): string[] => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.slice(0, 1) ?? [];

async function bundle(input: string, modules: Readonly<Record<string, string>>): Promise<Bundle> {
  const { build } = await import('vite');
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [made({ ...SHIMS, ...modules })],
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': '""' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      rollupOptions: { input, output: { format: 'iife', codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = output.output.filter((part) => part.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`${input}: ${chunks.length} chunks, not one`);
  const [{ code, moduleIds }] = chunks;
  return { code, packages: moduleIds.flatMap(packageOf) };
}

/** Inside a script element nothing may end it. */
const inScript = (code: string): string =>
  code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

const withLicences = ({ packages }: Bundle, others: readonly string[] = []): string =>
  notices([...new Set([...packages, ...others])].map(noticeOf)).replace(
    'The folder vendor/ contains',
    'This page contains',
  );

/** src/web/charts as one script, in a module: pages carry it as text. */
export async function buildChartScript(): Promise<void> {
  const folders = ['src/web/charts', 'src/ui/charts', 'src/words', 'src/base'];
  const files = folders.flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((file) => join(dir, file)),
  );
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const file of [...files.filter((one) => one.endsWith('.ts')).sort(), 'package-lock.json'])
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  const head = `// Written by scripts/build-web.ts from src/web/charts: ${hash.digest('hex')}\n`;
  if (existsSync(chartScript) && readFileSync(chartScript, 'utf8').startsWith(head)) return;
  const { code } = await bundle(entry('charts/page.ts'), {});
  writeFileSync(chartScript, `${head}export const CHART_SCRIPT = ${JSON.stringify(inScript(code))};\n`);
}

export async function buildWeb(): Promise<void> {
  const digest = digestOfSources();
  const isBuilt = [target, again, mark].every((file) => existsSync(file));
  if (isBuilt && readFileSync(mark, 'utf8') === digest) return;
  mkdirSync(join(root, 'dist/web'), { recursive: true });
  const shared = {
    'virtual:corpus': `export default ${JSON.stringify(bundledTexts())};`,
    ...(await withoutRelaxed()),
  };
  await buildPlayground(shared);
  await buildLesson(shared);
  writeFileSync(mark, digest);
}

/** What `lesson` puts into its page: a script, and a program packed. */
async function buildLesson(shared: Readonly<Record<string, string>>): Promise<void> {
  const worker = await bundle(entry('lesson/worker.ts'), shared);
  const page = await bundle(entry('lesson/page.ts'), shared);
  const program = `/*\n${withLicences(worker).replaceAll('*/', '* /')}*/\n${worker.code}`;
  const packed = gzipSync(program, { level: 9 }).toString('base64');
  writeFileSync(again, JSON.stringify({ script: inScript(page.code), program: packed }));
  console.error(
    `built the lesson's second run: ${Math.ceil(page.code.length / 1024)} KiB of script, ${Math.ceil(packed.length / 1024)} KiB packed`,
  );
}

/** What is read where scripts are off: no script can tell the reader's language there. */
async function withoutScript(): Promise<string> {
  const [{ LANGUAGES }, { playgroundWordsIn }] = await Promise.all([
    import('../src/base/language.js'),
    import('../src/words/words.js'),
  ]);
  const all = await Promise.all(LANGUAGES.map(playgroundWordsIn));
  return all.map(({ locale, withoutScript: said }) => `<p lang="${locale}">${said}</p>`).join('');
}

/** What the page reads from an element of its own: as a string of its script it would be parsed twice. */
const textOf = (id: string): string => `document.getElementById('${id}').textContent`;

async function buildPlayground(shared: Readonly<Record<string, string>>): Promise<void> {
  const worker = await bundle(entry('playground/net/worker.ts'), shared);
  const page = await bundle(entry('playground/page/main.tsx'), {
    ...shared,
    'virtual:corpus': `export default JSON.parse(${textOf('corpus')});`,
    'virtual:worker': `export default ${textOf('worker')};`,
  });
  const corpus = JSON.stringify(bundledTexts()).replaceAll('<', '\\u003c');
  const licences = withLicences(page, worker.packages);
  const script = inScript(page.code);
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="dissipa">
<link rel="icon" href="data:,">
<title>dissipa</title>
</head>
<body>
<noscript>${await withoutScript()}</noscript>
<script type="application/json" id="corpus">${corpus}</script>
<script type="text/plain" id="worker">${inScript(worker.code)}</script>
<script>${script}</script>
<script type="text/plain" id="licences">
${inScript(licences)}</script>
</body>
</html>
`;
  writeFileSync(target, html);
  console.error(`built the playground: ${Math.ceil(html.length / 1024)} KiB`);
}
