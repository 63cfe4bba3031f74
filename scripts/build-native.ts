/**
 * Compiles src/kernels/c with the system's C compiler (`$CC`, else `cc`) into a Node-API addon, once for each set of
 * instructions of this machine's architecture. Without a compiler, or where it fails, wasm serves: one line says so.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { digestOf, kernelsDir, readSources, sourceDir } from './kernel-sources.js';

const target = join(kernelsDir, 'native.node');
const mark = join(kernelsDir, 'native.digest');

const FLAGS = [
  '-O3',
  '-std=gnu11',
  '-fPIC',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-fvisibility=hidden',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wno-psabi',
];

/** By set of instructions: the flags that allow them, and the vectors' width. */
const SETS: Readonly<Record<string, readonly string[]>> =
  process.arch === 'x64'
    ? {
        avx512: ['-march=x86-64-v4', '-mprefer-vector-width=512', '-DVECTOR_BYTES=64'],
        avx2: ['-march=x86-64-v3', '-DVECTOR_BYTES=32'],
        baseline: ['-DVECTOR_BYTES=16'],
      }
    : { baseline: ['-DVECTOR_BYTES=16'] };

const LINK = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];

export function buildNative(): void {
  // As make takes it: a command that may have arguments of its own (`ccache gcc`).
  const [cc, ...own] = (process.env.CC ?? 'cc').trim().split(/\s+/);
  let version: string;
  try {
    version = execFileSync(cc, [...own, '--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    rmSync(target, { force: true });
    console.error(`no C compiler (${cc}) was found: the kernels run as wasm`);
    return;
  }
  const digest = digestOf(readSources(), [...own, ...FLAGS], SETS, LINK, version, process.platform);
  if (existsSync(target) && existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;

  // Beside its target, so that it can be moved there: a process may be running the old one.
  const temporary = mkdtempSync(join(kernelsDir, 'native-'));
  const run = (...args: string[]): void => {
    execFileSync(cc, [...own, ...args], { cwd: sourceDir, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  try {
    const objects = Object.entries(SETS).flatMap(([set, flags]) =>
      ['kernels', 'kernels64'].map((source) => {
        const object = join(temporary, `${source}-${set}.o`);
        run(...FLAGS, ...flags, `-DKERNEL_SET=${set}`, '-c', `${source}.c`, '-o', object);
        return object;
      }),
    );
    const headers = join(dirname(createRequire(import.meta.url).resolve('node-api-headers')), 'include');
    const addon = join(temporary, 'native.node');
    run(...FLAGS, ...LINK, '-pthread', `-I${headers}`, 'native.c', 'threads.c', ...objects, '-o', addon);
    renameSync(addon, target);
    writeFileSync(mark, digest);
    console.error(`built the kernels: native (${Object.keys(SETS).join(', ')})`);
  } catch (error) {
    rmSync(target, { force: true });
    const lines = String((error as { stderr?: unknown }).stderr ?? error).split('\n');
    const reason = lines.find((line) => line.includes('error')) ?? lines[0];
    console.error(`${cc} could not build the native kernels (${reason}): they run as wasm`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
