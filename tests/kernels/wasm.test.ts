/** What only the wasm build has: a flag for one version of V8, and a module whose declarations are not its contents. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openWasm, wantsRelaxedFlag } from '../../src/kernels/wasm.js';
import { runSync } from '../run-sync.js';

test('relaxed SIMD is there, and its flag is set where V8 has it behind one alone', async () => {
  expect((await openWasm()).name).toBe('wasm (relaxed SIMD)');
  // Node 18, 20, 22, 24, and no V8 at all
  const versions = [
    '10.2.154',
    '11.3.244.8-node.30',
    '12.4.254.21-node.33',
    '13.6.233.10-node.28',
    undefined,
  ];
  expect(versions.map(wantsRelaxedFlag)).toEqual([false, true, false, false, false]);
});

test('opening it writes nothing to the terminal', () => {
  const module = new URL('../../src/kernels/wasm.ts', import.meta.url).href;
  const program = `import(${JSON.stringify(module)}).then(({ openWasm }) => openWasm())`;
  const { status, stdout, stderr } = runSync(process.execPath, ['--import', 'tsx', '-e', program]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('its declaration says that it is text', () => {
  const source = readFileSync(new URL('../../src/kernels/wasm-binary.ts', import.meta.url), 'utf8');
  const declared = source.match(/^export const \w+.*$/gm);
  expect(declared).toEqual(['export const simd: string =', 'export const relaxed: string =']);
});
