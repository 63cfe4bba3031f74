/** sample, evaluate and inspect on a model file and on a run; and files that are not as they must be. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/store/checkpoint.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/store/safetensors.js';
import { evaluate } from '../../src/study/evaluate/evaluate.js';
import { inspect, type Inspection } from '../../src/study/inspect/measure.js';
import { loadModel, type Model } from '../../src/study/model/model.js';
import { expectEachClose } from '../close.js';
import { flatten, readGolden } from '../golden.js';
import { bytesOf, CLI_MS, complaint, start, startCommand, succeed, temporaryFolder } from './dissipa.js';

const TEXT = 'uma casa pequena, com certeza. '.repeat(20);
const STEPS = '--hidden 4 --batch 2 --window 8 --steps 4 --checkpoint-every 2'.split(' ');

let cwd: string;
beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), TEXT);
  await succeed(['train', 'text.txt', '--out', 'run', ...STEPS], cwd);
}, CLI_MS);

test(
  'what a run proposes to try next has a prompt only where the model can read it',
  async () => {
    const proposed = async (text: string): Promise<string | undefined> => {
      writeFileSync(join(cwd, 'proposed.txt'), text);
      const stdout = await succeed(
        [
          'train',
          'proposed.txt',
          '--out',
          `proposed-${text.length}`,
          ...STEPS,
          '--steps',
          '80',
          '--lr',
          '0.03',
        ],
        cwd,
      );
      return /dissipa sample (.*)$/m.exec(stdout)?.[1];
    };
    for (const text of [TEXT.repeat(3), 'ab'.repeat(400)]) {
      const command = await proposed(text);
      expect(command).toContain(`proposed-${text.length}`);
      // A passage of the text itself, which its model can read.
      const prompt = /--prompt "?(.*?)"? --/.exec(command ?? '')?.[1];
      if (prompt !== undefined) expect(text).toContain(prompt);
    }
  },
  CLI_MS,
);

/** A golden case's weights as a file of the model's tensors (last one first) and the four entries alone. */
function goldenFile(name: string, symbols: string): { bytes: Uint8Array; model: Model } {
  const golden = readGolden(name);
  const { cell, layers, hidden } = golden;
  const alphabet = [...new Intl.Segmenter().segment(symbols)].map(({ segment }) => segment);
  const shape = { cell, layers, hidden, symbols: alphabet.length };
  const weights = Object.entries(golden.weights).map(
    ([tensor, nested]) => [tensor, Float32Array.from(flatten(nested))] as const,
  );
  const parameters = new Map(weights);
  const plain = decodeSafetensors(encodeCheckpoint({ shape, alphabet, parameters, training: null }), name);
  const bytes = encodeSafetensors({ ...plain, tensors: new Map([...plain.tensors].reverse()) });
  return { bytes, model: loadModel(openReference(), { shape, alphabet, parameters }) };
}

type Shape = string | { readonly [key: string]: Shape } | readonly Shape[];
/** Every key of a value, arrays of numbers by their length, nulls as such. */
function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'number') ? `[${value.length}]` : value.map(shapeOf);
  }
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

describe('inspect --json', () => {
  const MEMORY = [
    ...['halfLife', 'lag1pct', 'lag1e6', 'drop', 'tail', 'timeConstant', 'verdict', 'tailOverWindows'],
  ];

  test.each(['lstm-2x5.json', 'sigmoid-1x4.json'])(
    '%s: the structure of the design, the numbers of the library',
    { timeout: CLI_MS },
    async (name) => {
      const golden = readGolden(name);
      const { bytes, model } = goldenFile(name, 'açz\n🙂é-'.slice(0, golden.symbols === 7 ? undefined : -2));
      writeFileSync(join(cwd, 'golden.safetensors'), bytes);
      const text = 'açza\n🙂çzaz\nçaç🙂zza\nça🙂çaz';
      writeFileSync(join(cwd, 'golden.txt'), text);
      const [N, T] = [3, 6];
      const expected = inspect(model, text, { rows: N, timesteps: T }, 'text');
      const args = 'inspect golden.safetensors --text golden.txt --window 6 --rows 3 --json'.split(' ');

      // In the same arithmetic every digit is there.
      const exact = JSON.parse(await succeed([...args, '--engine', 'reference'], cwd)) as Inspection;
      expect(exact).toEqual(expected);

      const stdout = await succeed(args, cwd);
      expect(stdout).toMatch(/^\{.*\}\n$/);
      const found = JSON.parse(stdout) as Inspection;
      const c = golden.cell === 'lstm' ? `[${T}]` : 'null';
      const saturation = Object.fromEntries(
        Object.keys(expected.layers[0].saturation).map((gate) => [gate, `[${T}]`]),
      );
      expect(shapeOf({ ...found, layers: undefined })).toEqual({
        model: { cell: 'string', layers: 'number', hidden: 'number', symbols: 'number' },
        window: { timesteps: 'number', rows: 'number' },
        loss: { window: 'number', last: 'number' },
        layers: 'undefined',
      });
      expect(found.layers).toHaveLength(golden.layers);
      for (const [l, layer] of found.layers.entries()) {
        expect(layer.layer).toBe(l);
        expect(shapeOf(layer)).toMatchObject({
          layer: 'number',
          total: { h: `[${T}]`, c },
          lagLog10: { h: `[${T}]`, c },
          recurrent: `[${T}]`,
          saturation,
        });
        expect(Object.keys(layer.memory)).toEqual(MEMORY);
        const wanted = expected.layers[l];
        expectEachClose(layer.total.h, wanted.total.h, 1e-4, 'total h');
        expectEachClose(layer.recurrent ?? [], wanted.recurrent ?? [], 1e-4, 'recurrent');
        layer.lagLog10.h.forEach((value, k) => {
          expect(Math.abs((value ?? NaN) - (wanted.lagLog10.h[k] ?? NaN))).toBeLessThan(1e-3);
        });
      }
      expectEachClose([found.loss.window, found.loss.last], Object.values(expected.loss), 1e-5, 'losses');
    },
  );

  test('without --json: a chart, and a line a layer', { timeout: CLI_MS }, async () => {
    const stdout = await succeed(
      ['inspect', 'run', '--text', 'text.txt', '--window', '8', '--rows', '4'],
      cwd,
    );
    expect(stdout).toMatch(
      /\ntanh 1×4, \d+ symbols\nmeasured on 4 sequences of 8 timesteps of text\.txt: loss /,
    );
    expect(stdout).toMatch(/lag 0 +lag 7\n/);
    expect(stdout).toMatch(/\n1 +\d+ +\d+ +\S+ +\S+ +\d+ +−\S+ {2}vanishing\n/);
  });
});

test('evaluate --json: the four numbers, unrounded, of the best model', { timeout: CLI_MS }, async () => {
  const path = join(cwd, 'run/best.safetensors');
  const model = loadModel(openReference(), decodeCheckpoint(readFileSync(path), path));
  const args = ['evaluate', 'run', '--text', 'text.txt', '--engine', 'reference'];
  expect(JSON.parse(await succeed([...args, '--json'], cwd))).toEqual(evaluate(model, TEXT, 'text'));
  const { bitsPerChar } = evaluate(model, TEXT, 'text');
  expect((await succeed(args, cwd)).replace(/\s+/g, ' ')).toMatch(
    new RegExp(`^${bitsPerChar.toFixed(4)} bits per character, .* over ${TEXT.length - 1} predictions`),
  );
});

describe('sample', () => {
  const sample = (...args: string[]): Promise<string> => succeed(['sample', 'run', ...args], cwd);

  test('the same seed gives the same text, after the prompt', { timeout: CLI_MS }, async () => {
    const args = ['--length', '80', '--prompt', 'uma ', '--top-k', '5', '--top-p', '0.9', '--seed', '3'];
    const text = await sample(...args);
    expect(text).toMatch(/^uma /);
    expect(Array.from(text)).toHaveLength('uma '.length + 80 + 1);
    expect(await sample(...args)).toBe(text);
    const json = JSON.parse(await sample(...args, '--json')) as Record<string, unknown>;
    expect(json).toMatchObject({
      model: { path: 'run', cell: 'tanh', layers: 1, hidden: 4 },
      ...{ prompt: 'uma ', length: 80, topK: 5, topP: 0.9, seed: 3, temperature: 0.8 },
      samples: [{ seed: 3, text: text.slice(4, -1), end: 'length' }],
    });
    expect(await sample(...args, '--seed', '4')).not.toBe(text);
  });

  test('several at once: each as its seed gives it alone, in their order', { timeout: CLI_MS }, async () => {
    const args = ['--prompt', 'ç', '--unknown', 'skip', '--length', '40', '--seed', '8'];
    const { samples } = JSON.parse(await sample(...args, '--count', '3', '--json')) as {
      samples: { seed: number; text: string; end: string }[];
    };
    const alone = await Promise.all(
      ['8', '9', '10'].map((seed) => sample('--unknown', 'skip', '--length', '40', '--seed', seed)),
    );
    expect(samples).toEqual(
      alone.map((text, i) => ({ seed: 8 + i, text: text.slice(0, -1), end: 'length' })),
    );
    const text = await sample(...args, '--count', '3');
    let from = 0;
    for (const { seed, text: made } of samples) {
      const at = text.indexOf(`seed ${seed}`, from);
      expect(at).toBeGreaterThanOrEqual(from);
      from = text.indexOf(`ç${made}\n`, at);
      expect(from).toBeGreaterThan(at);
    }
  });

  test(
    '--lines and --stop end samples; of one line each there is nothing between',
    { timeout: CLI_MS },
    async () => {
      const lined = join(cwd, 'lined');
      mkdirSync(lined);
      writeFileSync(join(lined, 'text.txt'), 'ana\nbia\nrui\nzoe\n'.repeat(40));
      await succeed(['train', 'text.txt', '--out', 'run', ...STEPS], lined);
      const lines = await succeed(
        ['sample', 'run', '--count', '5', '--lines', '1', '--start', 'line'],
        lined,
      );
      expect(lines.split('\n')).toHaveLength(6);
      expect(lines).toMatch(/^(?:[abeinoruz]*\n){5}$/);
      const stopped = await succeed(['sample', 'run', '--stop', 'a', '--length', '2000', '--json'], lined);
      const { samples } = JSON.parse(stopped) as { samples: { text: string; end: string }[] };
      expect(samples).toHaveLength(1);
      expect(samples[0].end).toBe('stop');
      expect(samples[0].text).not.toMatch(/a/);
      expect(await complaint(['sample', 'run', '--stop', ''], lined, 2)).toMatch(/^--stop: is '', expected /);
      expect(await complaint(['sample', 'run', '--start', 'word'], lined, 1)).toMatch(
        /^--start word: .*space/,
      );
    },
  );

  test('strangers in a prompt are told of', { timeout: CLI_MS }, async () => {
    const args = ['sample', 'run', '--prompt', 'umaжж', '--length', '5', '--unknown'];
    for (const how of ['skip', 'replace']) {
      const { code, stdout, stderr } = await start([...args, how], cwd).ended;
      expect(code).toBe(0);
      expect(stdout).toMatch(/^umaжж[^]{5,}\n$/);
      expect(stderr.replace(/\s+/g, ' ')).toMatch(/^--prompt: 2 of 5 characters \(40%\) .*'ж' \(U\+0436\)/);
    }
  });

  test('at temperature 0 the seed makes no difference', { timeout: CLI_MS }, async () => {
    const args = ['--length', '40', '--temperature', '0', '--seed'];
    expect(await sample(...args, '1')).toBe(await sample(...args, '2'));
  });

  test('a prompt with strangers names them, and makes nothing', { timeout: CLI_MS }, async () => {
    expect(await complaint(['sample', 'run', '--prompt', 'umaж é'], cwd, 1)).toMatch(
      /^--prompt: the model's alphabet does not have 'ж' \(U\+0436\), 'é' \(U\+00E9\), which has \d+ symbols: /,
    );
  });

  test('Ctrl-C ends it: exit code 130, the text so far', { timeout: CLI_MS }, async () => {
    const { child, ended } = start(['sample', 'run', '--length', '2000000000'], cwd);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(stdout.length).toBeGreaterThan(10);
    expect(stdout).toMatch(/\n$/);
  });

  test('into `head`: no failure', { timeout: CLI_MS }, async () => {
    const script = '"$0" "$1" sample run --length 100000 | head -c 20; echo "|${PIPESTATUS[0]}"';
    const program = join(import.meta.dirname, '../../dist/cli/main.js');
    const { stdout, stderr } = await startCommand('bash', ['-c', script, process.execPath, program], cwd)
      .ended;
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\|0\n$/);
  });
});

describe('a checkpoint that is not as it must be', () => {
  const original = (): Buffer => readFileSync(join(cwd, 'run/best.safetensors'));
  const rewritten = (
    change: (file: { tensors: Map<string, unknown>; metadata: Map<string, string> }) => void,
  ) => {
    const file = decodeSafetensors(original(), 'best');
    const copy = { tensors: new Map(file.tensors), metadata: new Map(file.metadata) };
    change(copy);
    return encodeSafetensors(copy);
  };

  test.each([
    [
      'cut short',
      () => original().subarray(0, -10),
      /ends in the midst of .*: it was cut short; copy it again/,
    ],
    ['empty', () => Buffer.of(), /is empty, expected a safetensors file/],
    ['a text', () => Buffer.from(TEXT), /is not a safetensors file; give a \.safetensors file/],
    [
      'of a newer version',
      () => rewritten(({ metadata }) => metadata.set('version', '2')),
      /is of format version "2", this dissipa reads version "1"; a newer dissipa is needed: update it/,
    ],
    [
      'of another text',
      () => rewritten(({ metadata }) => metadata.set('alphabet', '["a","b"]')),
      /rnn\.weight_ih_l0 is 4×\d+, this model expects 4×2; was it trained on another text\?/,
    ],
    [
      'of another model',
      () => rewritten(({ metadata }) => metadata.set('model', '{"cell":"lstm","layers":1,"hidden":4}')),
      /rnn\.weight_ih_l0 is 4×\d+, this model expects 16×\d+/,
    ],
  ])('%s', { timeout: CLI_MS }, async (_, make, message) => {
    const file = join(cwd, 'bad.safetensors');
    writeFileSync(file, make());
    const before = bytesOf(file);
    const line = await complaint(['sample', 'bad.safetensors'], cwd, 1);
    expect(line).toMatch(/^bad\.safetensors: /);
    expect(line).toMatch(message);
    expect(bytesOf(file)).toBe(before);
  });

  test(
    'in a run that is resumed: the one before serves, and the damage is named',
    { timeout: CLI_MS },
    async () => {
      const here = join(cwd, 'damaged');
      mkdirSync(here);
      writeFileSync(join(here, 'text.txt'), TEXT);
      await succeed(['train', 'text.txt', '--out', 'run', ...STEPS], here);
      const [two, four] = [2, 4].map((step) => join(here, `run/step-${step}.safetensors`));
      const good = bytesOf(four);
      writeFileSync(four, readFileSync(four).subarray(0, -1));
      const { code, stderr } = await start(['train', '--resume', 'run'], here).ended;
      expect(code).toBe(0);
      expect(stderr).toMatch(/^passed over run\/step-4\.safetensors: ends in the midst of /m);
      expect(stderr).toMatch(/, from step 2\n/);
      expect(bytesOf(four)).toBe(good);

      // All damaged: nothing is changed.
      for (const path of [two, four]) writeFileSync(path, 'x'.repeat(40));
      const names = readdirSync(join(here, 'run'));
      expect(await complaint(['train', '--resume', 'run'], here, 1)).toMatch(
        /^run: none of its 2 step checkpoints can be read .*; start a new run with another --out$/,
      );
      expect(readdirSync(join(here, 'run'))).toEqual(names);
    },
  );

  test('resuming with other options, or another text, is refused', { timeout: CLI_MS }, async () => {
    expect(await complaint(['train', '--resume', 'run', '--hidden', '8'], cwd, 2)).toMatch(
      /^--hidden: the run has 4, and that cannot change in a run: the weights .*; leave it out, or start a new run/,
    );
    writeFileSync(join(cwd, 'other.txt'), `${TEXT}!`);
    expect(await complaint(['train', 'other.txt', '--resume', 'run'], cwd, 1)).toBe(
      'other.txt: this is not the text the run was started with, expected the same text, unchanged; give the old text, or start a new run',
    );
  });
});
