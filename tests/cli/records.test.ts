/** Records and bytes as a user has them: trained, taken up again, evaluated, sampled. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI_MS, complaint, succeed, temporaryFolder } from './dissipa.js';

const SMALL = '--hidden 8 --batch 4 --window 16 --sample-every 0 --lag-every 0'.split(' ');
const NAMES = Array.from({ length: 300 }, (_, i) => `nome${i % 10}${'ab'.repeat(i % 4)}`);

test(
  'records are trained, taken up again bit for bit, and what was held out is evaluated',
  { timeout: CLI_MS },
  async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'names.txt'), `${NAMES.join('\n\n')}\n`);
    const train = ['train', 'names.txt', '--records', 'line', ...SMALL];
    await succeed([...train, '--steps', '20', '--out', 'whole'], cwd);
    await succeed([...train, '--steps', '10', '--out', 'parts'], cwd);
    await succeed(['train', '--resume', 'parts', '--steps', '20'], cwd);
    const [whole, parts] = ['whole', 'parts'].map((run) =>
      readFileSync(join(cwd, run, 'step-20.safetensors')),
    );
    expect(parts.equals(whole)).toBe(true);
    const stdout = await succeed(['evaluate', 'whole', '--json'], cwd);
    const { records } = JSON.parse(stdout) as { records: { count: number } };
    expect(Math.abs(records.count - 30)).toBeLessThanOrEqual(6);
    const sampled = await succeed(['sample', 'whole', '--count', '7', '--length', '12'], cwd);
    expect(sampled.split('\n')).toHaveLength(8);
    expect(await complaint(['train', '--resume', 'whole', '--records', 'file'], cwd, 2)).toContain(
      '--records',
    );
  },
);

test('bytes go in as they are and come out as they are', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'b.bin'), randomBytes(3000));
  await succeed(['train', 'b.bin', '--symbols', 'bytes', ...SMALL, '--steps', '5', '--out', 'run'], cwd);
  const stdout = await succeed(['evaluate', 'run', '--text', 'b.bin', '--json'], cwd);
  const { predictions, bitsPerChar, bitsPerByte } = JSON.parse(stdout) as Record<string, number>;
  expect(predictions).toBe(2999);
  expect(bitsPerByte).toBe(bitsPerChar);
  const json = await succeed(['sample', 'run', '--length', '50', '--json'], cwd);
  const { samples } = JSON.parse(json) as { samples: { text: string }[] };
  expect(samples[0].text).toMatch(/^[\0-\xff]{50}$/);
  expect(await complaint(['train', 'b.bin', '--symbols', 'bytes', '--lowercase'], cwd, 2)).toContain(
    '--lowercase',
  );
});

test(
  'contenders are trained and scored record by record, taken up again, and said to be; what measures one text refuses',
  { timeout: CLI_MS },
  async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'names.txt'), NAMES.join('\n'));
    const small =
      '--hidden 8 --batch 4 --window 16 --characters 2000 --scored 500 --baseline-minutes 0.01'.split(' ');
    const only = ['--only', 'gru,brainjs,ngram', '--engine', 'wasm'];
    const call = ['compare', 'names.txt', '--records', 'line', ...small, ...only];
    const json = await succeed([...call, '--out', 'both', '--json'], cwd);
    interface Layers {
      readonly lagLog10: { readonly h: readonly number[] };
      readonly lagRows?: readonly number[];
    }
    const { characters, symbols, results } = JSON.parse(json) as {
      characters: Record<'training' | 'validation', number>;
      symbols: number;
      results: {
        contender: string;
        sample: string;
        heldOut: { predictions: number };
        end: Layers[] | null;
      }[];
    };
    // Whole records: the END between the parts is in both.
    const all = NAMES.join('').length + NAMES.length + 1;
    expect(characters.training + characters.validation).toBe(all + 1);
    expect(symbols).toBe(new Set(NAMES.join('')).size + 1);
    const [gru, brain] = results;
    // Names have 12 characters at most.
    expect(gru.end?.[0].lagLog10.h.length).toBeLessThan(14);
    expect(gru.end?.[0].lagRows?.[0]).toBeGreaterThan(1);
    expect(brain.end?.[0].lagRows).toBeUndefined();
    for (const { sample } of results) {
      expect(sample).not.toContain('\uFFFF');
      expect(sample.split('\n').length).toBeGreaterThan(20);
    }
    const shown = await succeed(['compare', '--resume', 'both'], cwd);
    expect(shown.replace(/\s+/g, ' ')).toMatch(/brainjs, which .* as one/);
    for (const command of ['lesson', 'sweep'])
      expect(await complaint([command, 'names.txt', '--records', 'line'], cwd, 2)).toMatch(
        /^--records: .*reads its text as one/,
      );
  },
);
