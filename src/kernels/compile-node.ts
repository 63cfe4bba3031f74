/**
 * Compiles the C sources with the system's C compiler (`$CC`, else `cc`) into a Node-API addon, once for each set of
 * instructions of this machine's architecture. What there was stays until the new one is whole.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { failure, interrupted } from '../base/errors.js';
import { canBeCompiledOn, FLAGS, linkFlags, readSources, setsOf } from './addon.js';

const run = promisify(execFile);

export interface Compiler {
  /** As it was asked for: `ccache gcc` is a command with an argument of its own. */
  readonly command: readonly [string, ...string[]];
  /** What it says of itself. */
  readonly version: string;
}

/** @returns null where there is none */
export async function findCompiler(cc = process.env.CC): Promise<Compiler | null> {
  const command = (cc?.trim() ? cc : 'cc').trim().split(/\s+/) as [string, ...string[]];
  const [program, ...own] = command;
  try {
    const { stdout } = await run(program, [...own, '--version']);
    return { command, version: stdout.trim() };
  } catch {
    return null;
  }
}

/** The compiler, or what to do for one. @throws DissipaError */
export async function needCompiler(): Promise<Compiler> {
  if (!canBeCompiledOn(process.platform)) throw failure('engine.no-platform', { platform: process.platform });
  const compiler = await findCompiler();
  if (compiler !== null) return compiler;
  throw failure('engine.no-compiler', { where: process.env.CC?.trim() ? `CC=${process.env.CC}` : 'cc' });
}

export interface CompileOptions {
  readonly compiler: Compiler;
  /** The folder of node_api.h. */
  readonly headers: string;
  /** The addon's path; its folder is made where there is none. */
  readonly target: string;
  readonly extraFlags?: readonly string[];
  readonly stop?: AbortSignal | undefined;
}

/**
 * @returns the sets of instructions it was compiled for
 * @throws DissipaError with the compiler's first complaint, InterruptedError
 */
export async function compileAddon({
  compiler: { command },
  headers,
  target,
  extraFlags = [],
  stop,
}: CompileOptions): Promise<readonly string[]> {
  const [program, ...own] = command;
  const sets = setsOf(process.arch);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  // Beside its target, so that it can be moved there: a process may be running the old one.
  const temporary = await mkdtemp(join(dirname(target), 'native-'));
  const compile = async (...args: readonly string[]): Promise<void> => {
    await run(program, [...own, ...FLAGS, ...extraFlags, ...args], { cwd: temporary, signal: stop });
  };
  try {
    for (const [name, text] of Object.entries(readSources())) await writeFile(join(temporary, name), text);
    const objects: string[] = [];
    for (const [set, flags] of Object.entries(sets))
      for (const source of ['kernels', 'kernels64']) {
        const object = join(temporary, `${source}-${set}.o`);
        await compile(...flags, `-DKERNEL_SET=${set}`, '-c', `${source}.c`, '-o', object);
        objects.push(object);
      }
    const addon = join(temporary, 'native.node');
    const link = linkFlags(process.platform);
    await compile(...link, `-I${headers}`, 'native.c', 'threads.c', ...objects, '-o', addon);
    // Whatever the umask: a file that others may write is not loaded.
    await chmod(addon, 0o755);
    await rename(addon, target);
    return Object.keys(sets);
  } catch (error) {
    if (stop?.aborted) throw interrupted('engine.interrupted', {});
    throw failure('engine.not-compiled', { where: command.join(' '), complaint: complaintOf(error) });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function complaintOf(error: unknown): string {
  const { stderr } = error as { stderr?: unknown };
  const said = (typeof stderr === 'string' && stderr.trim()) || String(error);
  const lines = said.split('\n');
  return lines.find((line) => line.includes('error')) ?? lines[0];
}
