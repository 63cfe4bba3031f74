/** Builds what has changed: the kernels, then the TypeScript into dist/. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { besideThisModule } from '../src/kernels/addon.js';
import { buildCalls } from './build-calls.js';
import { buildNative, nodeHeaders } from './build-native.js';
import { buildWasm } from './build-wasm.js';
import { buildChartScript, buildWeb } from './build-web.js';
import { sourceDir } from './kernel-sources.js';
import { prune } from './prune.js';
import { planVendor } from './vendor.js';

buildCalls();
await buildChartScript();
await buildWasm();
await buildNative();
const root = fileURLToPath(new URL('..', import.meta.url));
const vendor = planVendor();
if (vendor.isStale) rmSync(`${root}dist/.tsbuildinfo`, { force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'scripts/tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
prune();
await vendor.build();
chmodSync(`${root}dist/cli/main.js`, 0o755);

// What `dissipa engine --build` compiles elsewhere, and what it includes.
rmSync(`${root}dist/kernels/c`, { recursive: true, force: true });
cpSync(sourceDir(), `${root}dist/kernels/c`, { recursive: true });
cpSync(nodeHeaders(), `${root}dist/kernels/c/node-api`, { recursive: true });

// What `dissipa export` hands out.
copyFileSync(`${root}src/study/export/train.py`, `${root}dist/study/export/train.py`);

const addon = besideThisModule();
rmSync(`${root}dist/kernels/native.node`, { force: true });
if (existsSync(addon)) copyFileSync(addon, `${root}dist/kernels/native.node`);
await buildWeb();
