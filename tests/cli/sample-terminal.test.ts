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

const SYMBOLS = ['\n', '\u001b', '[', 'm', '\u202e', '\u009b'];
const OBEYED = /[\u001b\u202e\u009b]/;

test.each([{}, { count: '3' }, { json: true }])('%j', async (flags) => {
  const { network } = makeModel(openReference(), { symbols: SYMBOLS });
  const path = join(temporaryFolder(), 'model.safetensors');
  const parameters = network.parameters.toFloat32();
  writeFileSync(
    path,
    encodeCheckpoint({ shape: network.shape, alphabet: SYMBOLS, parameters, training: null }),
  );
  const argv = { prompt: '[\u001b', temperature: '9', length: '200', engine: 'reference' };
  const [terminal, file] = [watched({ outColumns: 80 }), watched()];
  for (const env of [terminal, file]) expect(await sample(env, path, { ...argv, ...flags })).toBe(0);
  expect(terminal.written.out).not.toMatch(OBEYED);
  expect(terminal.written.out).toMatch(/U\+001B|\\u001b/);
  if ('json' in flags) {
    const [shown, raw] = [terminal, file].map(({ written }) => JSON.parse(written.out) as object);
    expect(shown).toEqual(raw);
  } else {
    for (const symbol of SYMBOLS) expect(file.written.out).toContain(symbol);
    expect(file.written.out).not.toContain('U+');
  }
});
