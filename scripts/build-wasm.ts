/**
 * Compiles src/kernels/c with `@yowasp/clang` (no system toolchain) and writes both builds as a module of base64
 * text, which loads alike in Node and in a browser. Does nothing when the sources have not changed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { STACK_BYTES } from '../src/kernels/wasm-threads.js';
import { digestOf, kernelsDir, readSources } from './kernel-sources.js';

const target = `${kernelsDir}wasm-binary.ts`;

const FLAGS = [
  '--target=wasm32',
  '-O3',
  '-nostdlib',
  '-ffreestanding',
  '-fno-math-errno',
  '-mbulk-memory',
  '-matomics',
  '-msimd128',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wno-psabi',
  '-Wl,--no-entry',
  // Threads share it; one thread alone loses nothing by it.
  '-Wl,--import-memory,--shared-memory,--max-memory=4294967296',
  '-Wl,--export=__heap_base,--export=__stack_pointer',
  `-Wl,-z,stack-size=${STACK_BYTES}`,
  '-DKERNEL_SET=wasm',
  'kernels.c',
  'kernels64.c',
  'threads.c',
  'wasm.c',
];
const BUILDS = {
  simd: FLAGS,
  relaxed: ['-DRELAXED_SIMD', '-mrelaxed-simd', ...FLAGS],
};

interface Clang {
  readonly runClang: (
    args: readonly string[] | null,
    files?: Readonly<Record<string, string>>,
    options?: {
      stdout?: (bytes: Uint8Array | null) => void;
      stderr?: (bytes: Uint8Array | null) => void;
      fetchProgress?: () => void;
    },
  ) => Promise<Record<string, unknown>>;
}

export async function buildWasm(): Promise<void> {
  const sources = readSources();
  const digest = digestOf(sources, BUILDS);
  const mark = `// sources ${digest}\n`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return;

  // Its declarations leave this function out.
  const { runClang } = (await import('@yowasp/clang')) as unknown as Clang;
  // Without arguments it only loads itself; asked to compile at once it would report on that, line after line.
  await runClang(null, {}, { fetchProgress: () => undefined });
  const lines = [mark, '// Written by scripts/build-wasm.ts.\n'];
  for (const [name, flags] of Object.entries(BUILDS)) {
    const output = await runClang(['clang', ...flags], sources, {
      stdout: () => undefined,
      stderr: (bytes) => {
        if (bytes) process.stderr.write(bytes);
      },
    });
    const wasm = output['a.out'];
    if (!(wasm instanceof Uint8Array)) throw new Error(`clang wrote no ${name} build`);
    lines.push(`export const ${name}: string =\n  '${Buffer.from(wasm).toString('base64')}';\n`);
    console.error(`built the kernels: wasm (${name}), ${wasm.length} bytes`);
  }
  writeFileSync(target, lines.join(''));
}
