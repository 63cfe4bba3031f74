/**
 * The native kernels of a checkout, beside the modules that load them. Without a C compiler, or where it fails, wasm
 * serves: one line says so.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DissipaError } from '../src/base/errors.js';
import {
  besideThisModule,
  canBeCompiledOn,
  FLAGS,
  linkFlags,
  readSources,
  setsOf,
} from '../src/kernels/addon.js';
import { compileAddon, findCompiler } from '../src/kernels/compile-node.js';
import { digestOf, kernelsDir } from './kernel-sources.js';

const mark = join(kernelsDir, 'native.digest');

/** What a user's compiler may only warn of, ours must not. */
const STRICT = ['-Werror'];

/** The folder of node_api.h. */
export const nodeHeaders = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('node-api-headers')), 'include');

export async function buildNative(): Promise<void> {
  const target = besideThisModule();
  const compiler = canBeCompiledOn(process.platform) ? await findCompiler() : null;
  if (compiler === null) {
    rmSync(target, { force: true });
    console.error(`no C compiler (${process.env.CC ?? 'cc'}) was found: the kernels run as wasm`);
    return;
  }
  const digest = digestOf(
    [readSources(), FLAGS, STRICT, setsOf(process.arch), linkFlags(process.platform)],
    compiler,
    process.platform,
  );
  if (existsSync(target) && existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  try {
    const sets = await compileAddon({ compiler, headers: nodeHeaders(), target, extraFlags: STRICT });
    writeFileSync(mark, digest);
    console.error(`built the kernels: native (${sets.join(', ')})`);
  } catch (error) {
    if (!(error instanceof DissipaError)) throw error;
    rmSync(target, { force: true });
    console.error(`${error.where} ${error.found}: they run as wasm`);
  }
}
