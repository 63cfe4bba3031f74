/** `inspect` as a command, on files in memory: which text it measures on, and where its results go. */
import { createHash } from 'node:crypto';
import { parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { inspectModel } from '../../src/cli/commands/inspect.js';
import type { Environment } from '../../src/cli/environment.js';
import type { Given } from '../../src/cli/flags.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { Parameters } from '../../src/model/parameters.js';
import { encodeCheckpoint } from '../../src/store/checkpoint.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import type { FileStore } from '../../src/store/files.js';
import { RunFolder } from '../../src/store/run-folder.js';
import { inspect } from '../../src/study/inspect/measure.js';
import { loadModel } from '../../src/study/model/model.js';
import { Alphabet } from '../../src/text/alphabet.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { exampleData } from '../study/inspect/example.js';
import { fakeProcesses, fromUtf8, messageOf, RUN_INFO, utf8 } from '../store/fixtures.js';
import { en } from '../../src/words/en/words.js';

const TEXT = Array.from({ length: 90 }, (_, i) => `linha ${i} que volta no tempo\n`).join('');
const CHARACTERS = Array.from(TEXT).length;
const TIMESTEPS = 12;
const shape = { cell: 'gru', layers: 2, hidden: 6, symbols: new Set(TEXT).size } as const;

let files: FileStore;
let out: string;
let err: string;
let env: Environment;

/** A finished run in `run/`, its text in texts/a.txt, and its model alone in model.safetensors. */
beforeEach(async () => {
  files = memoryFiles();
  [out, err] = ['', ''];
  env = {
    files,
    processes: fakeProcesses(1),
    out: (text) => (out += text),
    err: (text) => (err += text),
    isTerminal: false,
    words: en,
    now: () => 0,
    interruption: () => new AbortController().signal,
  };
  const parameters = new Parameters(openReference(), shape);
  initialise(parameters, parseTrainOptions({ cell: 'gru', layers: 2, hidden: 6 }), Rng.fromSeed(3));
  const checkpoint = {
    shape,
    alphabet: Alphabet.of(TEXT, 'a').symbols,
    parameters: parameters.toFloat32(),
    training: null,
  };
  await files.makeFolder('texts');
  await files.write('texts/a.txt', utf8(TEXT));
  await files.write('model.safetensors', encodeCheckpoint(checkpoint));
  const folder = await RunFolder.create(files, env.processes, 'run', {
    ...RUN_INFO,
    options: {
      cell: 'gru',
      layers: 2,
      hidden: 6,
      window: TIMESTEPS,
      validation: 0.2,
      clip: 5,
      clipMode: 'norm',
    },
    texts: [{ path: 'texts/a.txt', bytes: TEXT.length, characters: CHARACTERS }],
    digest: createHash('sha256').update(TEXT).digest('hex'),
  });
  const { history } = exampleData({ cell: 'gru', timesteps: TIMESTEPS });
  await folder.appendMetrics(...history.updates.slice(0, 20).map((line) => ({ ...line })));
  for (const line of history.gradients.slice(0, 3)) await folder.appendGradients({ ...line });
  await folder.saveBest(checkpoint);
  await folder.close();
});

const run = (path: string, given: Given = {}): Promise<number> =>
  inspectModel(env, path, { engine: 'reference', ...given });

/** What should be measured on a text. */
async function expected(text: string, rows: number): Promise<unknown> {
  const { decodeCheckpoint } = await import('../../src/store/checkpoint.js');
  const model = loadModel(openReference(), decodeCheckpoint(await files.read('model.safetensors'), 'm'));
  return JSON.parse(JSON.stringify(inspect(model, text, { rows, timesteps: TIMESTEPS }, 'm')));
}

describe('the text', () => {
  const held = Array.from(TEXT)
    .slice(CHARACTERS - Math.floor(CHARACTERS * 0.2))
    .join('');

  test("of a run is its own held-out end, in the run's window", async () => {
    expect(await run('run', { json: true })).toBe(0);
    expect(JSON.parse(out)).toEqual(await expected(held, 16));
  });

  test('that is given goes before the own one, and so do its rows', async () => {
    await files.write('b.txt', utf8(TEXT.slice(100)));
    await run('run', { json: true, text: 'b.txt', rows: '3' });
    expect(JSON.parse(out)).toEqual(await expected(TEXT.slice(100), 3));
  });

  test('that is short is read in fewer rows', async () => {
    await files.write('b.txt', utf8(TEXT.slice(0, 5 * TIMESTEPS + 3)));
    await run('run', { json: true, text: 'b.txt' });
    expect(JSON.parse(out)).toMatchObject({ window: { rows: 5, timesteps: TIMESTEPS } });
  });

  test.each([
    ['gone', () => files.remove('texts/a.txt'), 'texts/a.txt: the text the run was trained on is gone'],
    [
      'changed',
      () => files.write('texts/a.txt', utf8(`${TEXT}!`)),
      'texts/a.txt: this is no longer the text the run was trained on',
    ],
  ])('of a run that is %s leaves the logs alone, and says so', async (_, damage, said) => {
    await damage();
    expect(await run('run')).toBe(0);
    expect(err).toBe(`${said}; name a text to measure on with --text; the logs alone are shown\n`);
    expect(out).toContain('(logged at step 150)');
    expect(out).not.toContain('measured on');
    // For a program half an answer is none.
    expect(await messageOf(() => run('run', { json: true }))).toContain(said);
  });

  test('of a model alone is the bundled corpus, where its alphabet fits', async () => {
    // No corpus lies in these files: that it is looked for there is what can be seen.
    expect(await messageOf(() => run('model.safetensors'))).toMatch(
      /corpus: there is no such file or folder/,
    );
    const corpus = /^(.*corpus): /.exec(await messageOf(() => run('model.safetensors')))?.[1] ?? '';
    await files.makeFolder(corpus);
    await files.write(`${corpus}/a.txt`, utf8(TEXT));
    expect(await run('model.safetensors', { window: String(TIMESTEPS), json: true })).toBe(0);
    expect(JSON.parse(out)).toEqual(await expected(TEXT, 16));
    // Capitals are read as small letters, as any other text's are by a model without capitals.
    await files.write(`${corpus}/a.txt`, utf8(TEXT.replaceAll('linha', 'Linha')));
    out = '';
    expect(await run('model.safetensors', { window: String(TIMESTEPS), json: true })).toBe(0);
    expect(JSON.parse(out)).toEqual(await expected(TEXT, 16));
    await files.write(`${corpus}/a.txt`, utf8(`ß${TEXT}`));
    expect(await messageOf(() => run('model.safetensors'))).toBe(
      '--text: is missing, and the bundled corpus has symbols that this model does not know, ' +
        'expected a text in the alphabet of the model; give it with --text FILE',
    );
  });
});

describe('the results', () => {
  test('go to the terminal, without colours where there are none', async () => {
    await run('run');
    expect(out).toContain("sequences of 12 timesteps of the run's held-out text");
    expect(out).toMatch(/^layer +half at lag/m);
    expect(out).not.toContain('\u001b');
    expect(err).toBe('');
    out = '';
    env = { ...env, colourLevel: 3 };
    await run('run');
    expect(out).toContain('\u001b[');
  });

  test('as CSV and Parquet hold the same log', async () => {
    expect(await run('run', { csv: 'log.csv', parquet: 'log.parquet' })).toBe(0);
    expect(out).toBe('');
    expect(err).toMatch(/^wrote log\.csv .*\nwrote log\.parquet .*\n$/);
    const lines = fromUtf8(await files.read('log.csv'))
      .trimEnd()
      .split('\n');
    const { buffer } = await files.read('log.parquet');
    const rows = await parquetReadObjects({ file: buffer as ArrayBuffer });
    expect(rows).toHaveLength(lines.length - 1);
    expect(rows.filter(({ quantity }) => quantity === 'lossNats')).toHaveLength(20);
    expect(rows.filter(({ quantity, layer }) => quantity === 'total' && layer === 1)).toHaveLength(
      3 * TIMESTEPS,
    );
    await run('run', { csv: '-' });
    expect(out).toBe(fromUtf8(await files.read('log.csv')));
  });

  test('of a model alone as a table are those of the window', async () => {
    await run('model.safetensors', { csv: '-', text: 'texts/a.txt', window: '4' });
    const lines = out.trimEnd().split('\n').slice(1);
    expect(lines.every((line) => line.startsWith(','))).toBe(true);
    expect(lines.filter((line) => /,0,h,lagLog10,,3,/.test(line))).toHaveLength(1);
  });

  test('as a page are written whole', async () => {
    expect(await run('run', { html: 'page.html' })).toBe(0);
    const page = fromUtf8(await files.read('page.html'));
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page.trimEnd().endsWith('</html>')).toBe(true);
    expect(out).toBe('');
  });

  test('do not mix on stdout', async () => {
    expect(await messageOf(() => run('run', { json: true, csv: '-' }))).toBe(
      '--json: goes to standard output, as --csv - does; name a file for one of them',
    );
  });

  test('that cannot be written are complained of by name', async () => {
    expect(await messageOf(() => run('run', { csv: 'nowhere/log.csv' }))).toMatch(
      /^nowhere\/log\.csv: its folder does not exist/,
    );
  });
});
