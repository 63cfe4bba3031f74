/** `evaluate` as a command, on files in memory: which text it looks at, how much of it, and what it says of strangers. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkModel } from '../../src/cli/commands/check.js';
import { evaluateModel } from '../../src/cli/commands/evaluate.js';
import { inspectModel } from '../../src/cli/commands/inspect.js';
import type { Given } from '../../src/cli/flags.js';
import { keyOf } from '../../src/cli/ids.js';
import { digestSources } from '../../src/cli/texts.js';
import { openReference } from '../../src/kernels/reference.js';
import { encodeCheckpoint } from '../../src/store/checkpoint.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import type { FileStore } from '../../src/store/files.js';
import { IdSpool } from '../../src/store/id-file.js';
import { RunFolder } from '../../src/store/run-folder.js';
import { evaluate, type TextEvaluation } from '../../src/study/evaluate/evaluate.js';
import type { Model } from '../../src/study/model/model.js';
import { UNKNOWN } from '../../src/text/alphabet.js';
import { SymbolCount } from '../../src/text/symbol-count.js';
import { fakeProcesses, messageOf, RUN_INFO, utf8 } from '../store/fixtures.js';
import { makeModel, SYMBOLS } from '../study/models.js';
import { watched, type Watched } from './environment.js';

const [FIRST, SECOND] = ['aç z\n🙂 a\n'.repeat(70), 'zz aç🙂\na'.repeat(60)];
/** As training reads both: an empty line between. */
const WHOLE = `${FIRST}\n${SECOND}`;
const SHARE = 0.3;
const READING = { encoding: 'auto', keepBoilerplate: false, lowercase: false };

let files: FileStore;
/** What was read of each file as a stream: how often it was begun, and ended or given up. */
let streams: { begun: number; closed: number; pieces: number };
let env: Watched;

/** A file store whose streams are counted, and come in small pieces. */
function counted(store: FileStore): FileStore {
  async function* stream(path: string): AsyncGenerator<Uint8Array> {
    streams.begun++;
    try {
      for await (const bytes of store.stream(path)) {
        const size = bytes.length > 1e4 ? 8192 : 64;
        for (let from = 0; from < bytes.length; from += size) {
          streams.pieces++;
          yield bytes.slice(from, from + size);
        }
      }
    } finally {
      streams.closed++;
    }
  }
  return new Proxy(store, {
    get: (target, name: keyof FileStore) =>
      name === 'stream' ? stream : (target[name] as () => unknown).bind(target),
  });
}

const saved = ({ network, alphabet }: Model) => ({
  shape: network.shape,
  alphabet: alphabet.symbols,
  parameters: network.parameters.toFloat32(),
  training: null,
});

async function makeRun(dir: string, model: Model, options: Record<string, unknown>): Promise<void> {
  const folder = await RunFolder.create(files, env.processes, dir, {
    ...RUN_INFO,
    options: { ...READING, cell: 'gru', layers: 2, hidden: 6, window: 8, validation: SHARE, ...options },
    texts: ['a.txt', 'b.txt'].map((path) => ({ path, bytes: 1, characters: 1 })),
    digest: createHash('sha256').update(WHOLE).digest('hex'),
  });
  await folder.saveBest(saved(model));
  await folder.saveStep(3, saved(model), 1);
  await folder.close();
}

beforeEach(async () => {
  streams = { begun: 0, closed: 0, pieces: 0 };
  files = memoryFiles();
  env = watched({ files: counted(files), processes: fakeProcesses(1) });
  await files.write('a.txt', utf8(FIRST));
  await files.write('b.txt', utf8(SECOND));
  await makeRun('run', makeModel(openReference()), {});
  await files.write('model.safetensors', encodeCheckpoint(saved(makeModel(openReference()))));
});

const run = (path: string, given: Given = {}): Promise<number> =>
  evaluateModel(env, path, { engine: 'reference', ...given });

async function evaluated(path: string, given: Given = {}): Promise<TextEvaluation> {
  env.written.out = '';
  expect(await run(path, { ...given, json: true })).toBe(0);
  return JSON.parse(env.written.out) as TextEvaluation;
}

const symbols = Array.from(WHOLE);
const held = symbols.slice(symbols.length - Math.floor(symbols.length * SHARE)).join('');
const expected = (text: string): TextEvaluation => evaluate(makeModel(openReference()), text, 'text');

describe('the text', () => {
  test("of a run is its own held-out end, also of one of the run's checkpoints", async () => {
    expect(await evaluated('run')).toEqual(expected(held));
    expect(await evaluated('run/step-3.safetensors')).toEqual(expected(held));
    expect(streams.closed).toBe(streams.begun);
    expect(await run('run')).toBe(0);
    expect(env.written.out).toContain("the run's held-out text");
  });

  test('that is named goes before it', async () => {
    expect(await evaluated('run', { text: 'a.txt' })).toEqual(expected(FIRST));
    expect(await evaluated('model.safetensors', { text: 'b.txt' })).toEqual(expected(SECOND));
  });

  test('of a run that held nothing out is what it was trained on, and that is said', async () => {
    await makeRun('all', makeModel(openReference()), { validation: 0 });
    expect(await evaluated('all')).toEqual(expected(WHOLE));
    env.written.out = '';
    await run('all');
    expect(env.written.out).toMatch(/trained on/);
    env.written.out = '';
    await run('run');
    expect(env.written.out).not.toMatch(/trained on/);
  });

  test('of a model alone must be named', async () => {
    expect(await messageOf(() => run('model.safetensors'))).toMatch(
      /^evaluate: needs --text FILE, as model\.safetensors/,
    );
  });

  test('of a run must be there, and unchanged', async () => {
    await files.write('b.txt', utf8(`${SECOND}!`));
    expect(await messageOf(() => run('run'))).toMatch(/^a\.txt …: this is no longer .*--text$/);
    await files.remove('b.txt');
    expect(await messageOf(() => run('run'))).toMatch(/^b\.txt: .*gone.*--text$/);
    expect(env.written.out).toBe('');
  });

  test('of a long run is taken from its id file, while its sources are what they were', async () => {
    const before = await evaluated('run');
    expect(streams.begun).toBe(4);
    const count = new SymbolCount('text');
    const numbers = new Uint16Array(WHOLE.length);
    const length = count.add(WHOLE, numbers);
    const spool = new IdSpool(() => files.create('run/temporary'), 1);
    await spool.add(numbers.subarray(0, length));
    const digest = createHash('sha256').update(WHOLE).digest('hex');
    const texts = [{ path: 'a.txt', bytes: 1, characters: 1 }];
    await spool.finish('run/text.ids', {
      key: keyOf(await digestSources(env, ['a.txt', 'b.txt']), { ...READING, version: 1 }),
      symbols: count.symbols,
      counts: [...count.counts],
      facts: { texts, digest },
    });
    streams.begun = 0;
    expect(await evaluated('run')).toEqual(before);
    // Both sources and the id file, each for its digest.
    expect(streams.begun).toBe(3);
    await files.write('b.txt', utf8(`${SECOND}!`));
    expect(await messageOf(() => run('run'))).toMatch(/no longer/);
  });
});

test('no more of a text is read than is looked at, whatever looks', async () => {
  await files.write('long.txt', utf8(`${WHOLE.repeat(3000)}ж`));
  for (const look of [inspectModel, checkModel]) {
    const given = { engine: 'reference', text: 'long.txt', window: '5', rows: '3', json: true };
    expect(await look(env, 'model.safetensors', given)).toBe(0);
    // An inspection spreads what it looks at over the first million characters; all would be some 500.
    expect(streams.pieces).toBeLessThan(300);
    expect(streams.closed).toBe(streams.begun);
    expect(env.written.err).toBe('');
    streams.pieces = 0;
  }
});

describe('strangers', () => {
  const STRANGE = 'aжz яяya\nçж';

  test('are refused, left out or replaced; how many there were is said', async () => {
    await files.write('c.txt', utf8(STRANGE));
    expect(await messageOf(() => run('run', { text: 'c.txt' }))).toMatch(/^c\.txt: .*'ж'/);
    const skipped = await evaluated('run', { text: 'c.txt', unknown: 'skip' });
    expect(skipped).toMatchObject({
      ...{ ...expected('az a\nç'), unknown: undefined },
      unknown: { characters: 5, share: 5 / 11, treated: 'skip', predicted: 0, known: null },
    });
    expect(env.written.err).toMatch(/5 of 11 characters \(45%\)/);
    const replaced = await evaluated('run', { text: 'c.txt', unknown: 'replace' });
    const twin = expected('a z    a\nç ');
    expect(replaced.lossNats).toBe(twin.lossNats);
    // The bits are over the bytes of the text itself.
    expect(replaced.bitsPerByte).toBe((twin.bitsPerChar * 10) / (Buffer.byteLength(STRANGE) - 1));
  });

  test('of a model that has a symbol for them: their share, and what the others needed', async () => {
    const model = makeModel(openReference(), { symbols: [...SYMBOLS, UNKNOWN] });
    await makeRun('unknowing', model, {});
    await files.write('c.txt', utf8(STRANGE));
    const { unknown, ...whole } = await evaluated('unknowing', { text: 'c.txt' });
    expect(unknown).toMatchObject({ characters: 5, share: 5 / 11, treated: 'replace', predicted: 5 });
    // By a loop: each prefix is a text of its own.
    const text = Array.from(STRANGE, (symbol) => (SYMBOLS.includes(symbol) ? symbol : UNKNOWN));
    let [known, before] = [0, 0];
    for (let end = 2; end <= text.length; end++) {
      const nats = evaluate(model, text.slice(0, end).join(''), 'text').lossNats * (end - 1);
      if (text[end - 1] !== UNKNOWN) known += nats - before;
      before = nats;
    }
    expect(unknown.known?.predictions).toBe(5);
    expect(unknown.known?.lossNats).toBeCloseTo(known / 5, 12);
    expect(whole.perplexity).toBeCloseTo(Math.exp(before / 10), 12);

    env.written.out = '';
    await run('unknowing', { text: 'c.txt' });
    expect(env.written.out.replace(/\s+/g, ' ')).toMatch(/50% of the predictions .* other 5 alone/);
    await files.write('d.txt', utf8('ждж'.repeat(20)));
    const all = await evaluated('unknowing', { text: 'd.txt' });
    expect(all.unknown).toMatchObject({ share: 1, predicted: 59, known: null });
    env.written.out = '';
    await run('unknowing', { text: 'd.txt' });
    expect(env.written.out).toMatch(/All predictions are/);
  });

  test('in what inspect and check look at, likewise', async () => {
    await files.write('c.txt', utf8(STRANGE.repeat(20)));
    for (const look of [inspectModel, checkModel]) {
      const given = { engine: 'reference', text: 'c.txt', window: '5', rows: '3', json: true };
      expect(await messageOf(() => look(env, 'run', given))).toMatch(/^c\.txt: .*'ж'/);
      env.written.out = '';
      expect(await look(env, 'run', { ...given, unknown: 'skip' })).toBe(0);
      const found = env.written.out;
      await files.write('known.txt', utf8('az a\nç'.repeat(20)));
      env.written.out = '';
      await look(env, 'run', { ...given, text: 'known.txt' });
      expect(found).toBe(env.written.out);
    }
  });
});
