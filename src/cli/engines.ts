/** The engine of a command; and native kernels, where a package comes without them and a compiler can make them. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DissipaError, failure, interrupted } from '../base/errors.js';
import { cachedAddon, headerFolder } from '../kernels/addon.js';
import { compileAddon, needCompiler } from '../kernels/compile-node.js';
import { openEngine, type EngineName, type Threads } from '../kernels/engine.js';
import type { Kernels } from '../kernels/kernels.js';
import { nativePath, wantsBuild } from '../kernels/native.js';
import { takeLock, type Lock } from '../store/lock.js';
import type { Environment } from './environment.js';

const told = new WeakSet<Environment>();

/** As `openEngine`; says once a command that native kernels could be had, where a compiler would help. */
export async function openEngineFor(
  env: Environment,
  name: EngineName,
  threads: Threads = 1,
): Promise<Kernels> {
  const kernels = await openEngine(name, threads);
  if (name === 'auto' && !told.has(env) && wantsBuild()) {
    told.add(env);
    env.err(`${env.words.reports.engine.hint}\n`);
  }
  return kernels;
}

/** How long another process is given, and how often it is looked for. */
const [PATIENCE_MS, LOOK_MS] = [600_000, 250];

/**
 * Compiles native kernels into the user's cache, where there are none; several processes at once compile them once.
 * @returns what came of it, in a line
 * @throws DissipaError where there is no compiler, or it fails; InterruptedError
 */
export async function buildNativeKernels(env: Environment): Promise<string> {
  const before = nativePath();
  if (before !== null) return env.words.reports.engine.alreadyThere(before);
  const path = cachedAddon();
  const compiler = await needCompiler();
  const folder = dirname(path);
  await env.files.makeFolder(folder);
  const lock = await waitForLock(env, folder);
  try {
    // Whoever had the lock has made them meanwhile.
    const made = nativePath();
    if (made !== null) return env.words.reports.engine.alreadyThere(made);
    env.err(`${env.words.reports.engine.compiling(compiler.version.split('\n')[0])}\n`);
    const stop = env.interruption();
    const sets = await compileAddon({ compiler, headers: headerFolder(), target: path, stop });
    return env.words.reports.engine.built(sets.join(', '), path);
  } finally {
    await lock.release();
  }
}

async function waitForLock(env: Environment, folder: string): Promise<Lock> {
  const until = env.now() + PATIENCE_MS;
  for (let turn = 0; ; turn++) {
    try {
      return await takeLock(env.files, env.processes, folder);
    } catch (error) {
      // In use: whatever else is wrong with the folder is wrong a quarter of a second later too.
      if (!(error instanceof DissipaError) || !existsSync(join(folder, 'lock.json'))) throw error;
      if (env.now() > until) throw failure('engine.stuck', { where: folder });
      if (turn === 0) env.err(`${env.words.reports.engine.waiting}\n`);
      if (env.interruption().aborted) throw interrupted('engine.interrupted', {});
      await setTimeout(LOOK_MS);
    }
  }
}
