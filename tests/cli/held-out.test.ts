/** What a run holds out, as a user asks for it: looked at in part on the way, as a whole at the end, or at the end alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI_MS, complaint, dissipa, jsonLines, succeed, temporaryFolder } from './dissipa.js';

const SMALL = '--hidden 8 --batch 4 --window 16 --sample-every 0 --lag-every 0'.split(' ');
const WORDS = 'a carta chega tarde e o gradiente se dissipa no caminho de volta para casa'.split(' ');
/** Words in an order that does not repeat itself soon. */
const textOf = (length: number): string => {
  let [text, at] = ['', 7];
  while (text.length < length) {
    at = (at * 1103515245 + 12345) % 2 ** 31;
    text += `${WORDS[(at >> 16) % WORDS.length]} `;
  }
  return text.slice(0, length);
};

interface Info {
  readonly options: Readonly<Record<string, unknown>>;
  readonly result?: {
    readonly step: number;
    readonly validation: { predictions: number; lossNats: number } | null;
    readonly test: { predictions: number; lossNats: number } | null;
  };
}
const infoOf = (cwd: string): Info => JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8')) as Info;
const evaluationsIn = (cwd: string) =>
  jsonLines(join(cwd, 'run/metrics.jsonl')).filter((line) => 'validationLossNats' in line);

/** A folder with a text, and the parts of it that a run is told to hold out. */
function setUp(length: number) {
  const cwd = temporaryFolder();
  const text = textOf(length);
  writeFileSync(join(cwd, 'text.txt'), text);
  const evaluated = async (part: string) => {
    writeFileSync(join(cwd, 'part.txt'), part);
    const told = await succeed(['evaluate', 'run', '--text', 'part.txt', '--json'], cwd);
    return JSON.parse(told) as { predictions: number; lossNats: number };
  };
  return { cwd, text, evaluated };
}

describe('--validation and --test', () => {
  test(
    'as counts: the last figures are those of `evaluate` on these very characters',
    { timeout: CLI_MS },
    async () => {
      const { cwd, text, evaluated } = setUp(40_000);
      const held = ['--validation', '6000', '--test', '3000'];
      const told = await succeed(
        ['train', 'text.txt', ...SMALL, ...held, '--steps', '60', '--out', 'run'],
        cwd,
      );
      const { result } = infoOf(cwd);
      const [validation, tested] = [text.slice(-9000, -3000), text.slice(-3000)];
      for (const [part, figures] of [
        [validation, result?.validation],
        [tested, result?.test],
      ] as const) {
        const expected = await evaluated(part);
        expect(figures?.predictions).toBe(expected.predictions);
        expect(figures?.lossNats).toBeCloseTo(expected.lossNats, 6);
        expect(told).toContain((expected.lossNats / Math.LN2).toFixed(3));
      }
      expect(result?.step).toBe(60);
    },
  );

  test('as shares; a run that goes on has its figures anew', { timeout: CLI_MS }, async () => {
    const { cwd, text } = setUp(3_000);
    const held = ['--validation', '0.2', '--test', '0.1'];
    await succeed(['train', 'text.txt', ...SMALL, ...held, '--steps', '10', '--out', 'run'], cwd);
    const { result } = infoOf(cwd);
    expect(result).toMatchObject({ validation: { predictions: 599 }, test: { predictions: 299 } });
    await succeed(['train', '--resume', 'run', '--steps', '30'], cwd);
    expect(infoOf(cwd).result?.step).toBe(30);
    expect(infoOf(cwd).result?.test?.lossNats).toBeLessThan(result?.test?.lossNats ?? NaN);
    // Taken up at its end it says the same again.
    const before = infoOf(cwd);
    await succeed(['train', '--resume', 'run'], cwd);
    expect(infoOf(cwd)).toEqual(before);
    expect(text).toHaveLength(3_000);
  });

  test('nothing held out: no figures', { timeout: CLI_MS }, async () => {
    const { cwd } = setUp(3_000);
    await succeed(['train', 'text.txt', ...SMALL, '--validation', '0', '--steps', '10', '--out', 'run'], cwd);
    expect(infoOf(cwd).result).toBeUndefined();
    expect(evaluationsIn(cwd)).toEqual([]);
  });

  test('only a test: the last weights are told by it', { timeout: CLI_MS }, async () => {
    const { cwd, text, evaluated } = setUp(5_000);
    const held = ['--validation', '0', '--test', '1000'];
    await succeed(['train', 'text.txt', ...SMALL, ...held, '--steps', '10', '--out', 'run'], cwd);
    const { result } = infoOf(cwd);
    expect(result).toMatchObject({ step: 10, validation: null });
    expect(result?.test?.lossNats).toBeCloseTo((await evaluated(text.slice(-1000))).lossNats, 6);
  });

  test.each([
    [
      ['--validation', '1'],
      2,
      /^--validation: is 1, expected a share below 1, or a count of characters from 2 on$/,
    ],
    [['--validation', '2.5'], 2, /^--validation: is 2\.5, expected a share below 1/],
    [['--test', '-3'], 2, /^--test: is -3, expected at least 0$/],
    [
      ['--validation', '4000'],
      1,
      /^text\.txt: has 3,000 characters, expected at least 4,065 .*4,000 characters held out/,
    ],
    [['--validation', '0.6', '--test', '0.5'], 2, /^--test: 0\.5 and --validation 0\.6 /],
    [
      ['--test', '2950'],
      1,
      /^text\.txt: has 3,000 characters, expected at least [\d,]+ .*2,950 characters to test on/,
    ],
  ] as const)('%j', { timeout: CLI_MS }, async (flags, code, message) => {
    const { cwd } = setUp(3_000);
    expect(await complaint(['train', 'text.txt', ...SMALL, ...flags, '--out', 'run'], cwd, code)).toMatch(
      message,
    );
  });
});

describe('evaluations on the way', () => {
  test(
    'of a long held-out text look at a part, and the last figure at all of it',
    { timeout: CLI_MS },
    async () => {
      const { cwd, text, evaluated } = setUp(60_000);
      const held = ['--validation', '50000', '--evaluate-every', '15', '--evaluate-characters', '2048'];
      await succeed(['train', 'text.txt', ...SMALL, ...held, '--steps', '40', '--out', 'run'], cwd);
      expect(evaluationsIn(cwd).map(({ step, predictions }) => [step, predictions])).toEqual([
        [15, 2048],
        [30, 2048],
        [40, 2048],
      ]);
      const { result } = infoOf(cwd);
      expect(result?.validation?.predictions).toBe(49_999);
      const expected = await evaluated(text.slice(-50_000));
      expect(result?.validation?.lossNats).toBeCloseTo(expected.lossNats, 6);
    },
  );

  test('by default come early, and are written into run.json', { timeout: CLI_MS }, async () => {
    const { cwd } = setUp(3_000);
    const { stderr, code } = await dissipa(
      ['train', 'text.txt', ...SMALL, '--steps', '150', '--out', 'run'],
      cwd,
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { options } = infoOf(cwd);
    expect(options).toMatchObject({ evaluateFirst: 16, evaluateEvery: 250, evaluateCharacters: 300 });
    expect(evaluationsIn(cwd).map(({ step }) => step)).toEqual([16, 32, 64, 128, 150]);
    // More steps change nothing of it.
    await succeed(['train', '--resume', 'run', '--steps', '300'], cwd);
    expect(infoOf(cwd).options).toEqual({ ...options, steps: 300 });
    expect(evaluationsIn(cwd).map(({ step }) => step)).toEqual([16, 32, 64, 128, 150, 250, 300]);
  });
});
