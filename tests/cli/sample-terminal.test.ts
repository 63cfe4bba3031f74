/** What a model has learnt of control characters is shown on a terminal, and goes as it is into a file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sample } from '../../src/cli/commands/sample.js';
import { openReference } from '../../src/kernels/reference.js';
import { encodeCheckpoint } from '../../src/store/checkpoint.js';
import { makeModel } from '../study/models.js';
import { temporaryFolder } from './dissipa.js';
import { watched } from './environment.js';

// Control characters no alphabet may have; what turns a line's direction it may.
const SYMBOLS = ['\n', '\u2066', '[', 'm', '\u202e', '\u200f'];
const OBEYED = /[\u2066\u202e\u200f]/;

test.each([{}, { count: '3' }, { json: true }])('%j', async (flags) => {
  const { network } = makeModel(openReference(), { symbols: SYMBOLS });
  const path = join(temporaryFolder(), 'model.safetensors');
  const parameters = network.parameters.toFloat32();
  writeFileSync(
    path,
    encodeCheckpoint({ shape: network.shape, alphabet: SYMBOLS, parameters, training: null }),
  );
  const argv = { prompt: '[\u202e', temperature: '9', length: '200', engine: 'reference' };
  const [terminal, file] = [watched({ outColumns: 80 }), watched()];
  for (const env of [terminal, file]) expect(await sample(env, path, { ...argv, ...flags })).toBe(0);
  expect(terminal.written.out).not.toMatch(OBEYED);
  expect(terminal.written.out).toMatch(/U\+202E|\\u202e/);
  if ('json' in flags) {
    const [shown, raw] = [terminal, file].map(({ written }) => JSON.parse(written.out) as object);
    expect(shown).toEqual(raw);
  } else {
    for (const symbol of SYMBOLS) expect(file.written.out).toContain(symbol);
    expect(file.written.out).not.toContain('U+');
  }
});
