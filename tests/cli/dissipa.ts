/** The built command line as a user runs it: processes of their own, in temporary folders. */
import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { decodeSafetensors } from '../../src/store/safetensors.js';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
export const corpus = join(projectRoot, 'corpus');
export const program = join(projectRoot, 'dist/cli/main.js');
if (!existsSync(program)) throw new Error(`${program} is missing: run \`npm run build\` first`);

/** A process starts in half a second, and in many on a busy machine. */
export const CLI_MS = 120_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

const children = new Set<ChildProcess>();
const folders: string[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes when the file's tests are through. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dissipa-cli-'));
  folders.push(folder);
  return folder;
}

/** English, whatever the machine that tests run on speaks. */
const ENGLISH = { ...process.env, LC_ALL: 'C' };

/** Starts any command; see `start`. */
export function startCommand(command: string, args: readonly string[], cwd: string): Running {
  const child = spawn(command, args, { cwd, env: ENGLISH, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

/** Starts `dissipa …args`, and leaves it running. */
export const start = (args: readonly string[], cwd: string): Running =>
  startCommand(process.execPath, [program, ...args], cwd);

/** Runs `dissipa …args` to its end. */
export const dissipa = (args: readonly string[], cwd: string): Promise<Ended> => start(args, cwd).ended;

/** As `dissipa`, for what must succeed: its stdout. */
export async function succeed(args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await dissipa(args, cwd);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** As `dissipa`, for what must fail: nothing on stdout, one line of complaint, without a stack trace. */
export async function complaint(args: readonly string[], cwd: string, code: 1 | 2): Promise<string> {
  const ended = await dissipa(args, cwd);
  expect(ended).toMatchObject({ code, stdout: '' });
  expect(ended.stderr).toMatch(/^[^\n]+\n$/);
  expect(ended.stderr).not.toMatch(/\bat .*:\d+:\d+|undefined|\[object|failed in a way it should not/);
  return ended.stderr.trimEnd();
}

/** The steps that a run's folder has checkpoints of, ascending. */
export const stepsIn = (folder: string): number[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .flatMap((name) => /^step-(\d+)\.safetensors$/.exec(name)?.slice(1) ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** Waits until a run has left a checkpoint of `step` or later, and says which is its newest. Fails where it ends before. */
export async function untilStep({ child, stderr }: Running, folder: string, step: number): Promise<number> {
  const newest = (): number => stepsIn(folder).at(-1) ?? -1;
  const options = { timeout: CLI_MS / 2, interval: 2 };
  await vi.waitUntil(() => {
    if (child.exitCode !== null) throw new Error(`ended before step ${step}: ${stderr()}`);
    return newest() >= step;
  }, options);
  return newest();
}

export const jsonLines = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A checkpoint in a form that can be compared: its bytes, but for the run's last step in its options, which a resume
 * may set anew, and the digest of what that is in.
 */
function checkpointOf(path: string): unknown {
  const { tensors, metadata } = decodeSafetensors(readFileSync(path), path);
  const entries = [...metadata]
    .filter(([key]) => key !== 'training_sha256')
    .map(([key, text]) => [key, text.replace(/"steps":\d+/, '"steps":…')]);
  const numbers = [...tensors].map(([name, { shape, data }]) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [name, shape, data.constructor.name, digest(bytes)];
  });
  return { entries, numbers };
}

/** All that a run keeps, in a form that can be compared: files by name, logs without the clock. */
export function contentsOf(folder: string): Record<string, unknown> {
  const names = readdirSync(folder).filter((name) => name !== 'run.json');
  return Object.fromEntries(
    names.sort().map((name) => {
      const path = join(folder, name);
      if (name === 'metrics.jsonl') {
        return [name, jsonLines(path).map((line) => ({ ...line, elapsedMs: undefined }))];
      }
      return [name, name.endsWith('.safetensors') ? checkpointOf(path) : readFileSync(path, 'utf8')];
    }),
  );
}

/** The bytes of a file, as a digest: a difference need not be printed. */
export const bytesOf = (...path: string[]): string => digest(readFileSync(join(...path)));
