/** Builds what has changed: the kernels, then the TypeScript into dist/. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildNative } from './build-native.js';
import { buildWasm } from './build-wasm.js';

await buildWasm();
buildNative();
const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'scripts/tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
chmodSync(`${root}dist/cli/main.js`, 0o755);
const addon = `${root}src/kernels/native.node`;
rmSync(`${root}dist/kernels/native.node`, { force: true });
if (existsSync(addon)) copyFileSync(addon, `${root}dist/kernels/native.node`);
