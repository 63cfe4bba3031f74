/**
 * Builds the playground: src/web/playground as one HTML file, worker and corpus inside, its policy naming the hash of its
 * one script. Does nothing when nothing that goes into it has changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';
import { noticeOf, notices } from './notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = (name: string): string => join(root, 'src/web/playground', name);
const target = join(root, 'dist/web/playground.html');
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

export async function buildWeb(): Promise<void> {
  const digest = digestOfSources();
  if (existsSync(target) && existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  const worker = await bundle(entry('net/worker.ts'), {});
  const page = await bundle(entry('page/main.tsx'), {
    'virtual:worker': `export default ${JSON.stringify(worker.code)};`,
    'virtual:corpus': `export default ${JSON.stringify(bundledTexts())};`,
  });
  const licences = notices([...new Set([...worker.packages, ...page.packages])].map(noticeOf)).replace(
    'The folder vendor/ contains',
    'This page contains',
  );
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
<noscript>dissipa trains in the browser: this page needs JavaScript. · O dissipa treina no navegador: esta página precisa de JavaScript.</noscript>
<script>${script}</script>
<script type="text/plain" id="licences">
${inScript(licences)}</script>
</body>
</html>
`;
  mkdirSync(join(root, 'dist/web'), { recursive: true });
  writeFileSync(target, html);
  writeFileSync(mark, digest);
  console.error(`built the playground: ${Math.ceil(html.length / 1024)} KiB`);
}
