/** `dissipa check` and what `inspect --deep` and `--probe` add, on the built command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GradientStep } from '../../src/bptt/report.js';
import type { CheckReport } from '../../src/study/check/measure.js';
import { CLI_MS, corpus, dissipa, temporaryFolder } from './dissipa.js';

const folder = temporaryFolder();

test('a fresh model on the bundled corpus: right, as a table and as JSON', { timeout: CLI_MS }, async () => {
  const table = await dissipa(['check', '--cell', 'gru', '--hidden', '4', '--entries', '3'], folder);
  expect(table).toMatchObject({ code: 0, stderr: '' });
  expect(table.stdout).toContain('a fresh model (gru 2×4), 2 sequences of 8 timesteps of ');
  expect(table.stdout).toMatch(/rnn\.weight_hh_l1 +3 of 48 .* ok\n/);
  expect(table.stdout).toContain('The gradients are right');
  // All but the title, which names a path.
  expect(table.stdout.split('\n').filter((line, i) => i > 0 && line.length > 80)).toEqual([]);

  const args = [
    'check',
    '--cell',
    'gru',
    '--hidden',
    '4',
    '--entries',
    '3',
    '--engine',
    'reference',
    '--json',
  ];
  const { code, stdout } = await dissipa(args, folder);
  const report = JSON.parse(stdout) as CheckReport;
  expect(code).toBe(0);
  expect(report).toMatchObject({ passed: true, engine: null, window: { timesteps: 8, rows: 2 } });
});

test('a run with every probe: its log, its check, and a deep inspection', { timeout: CLI_MS }, async () => {
  const text = join(corpus, 'agulha-trocada.txt');
  const size = ['--hidden', '6', '--batch', '2', '--window', '8', '--steps', '4', '--evaluate-every', '4'];
  const probes = [
    '--probe',
    'off',
    ...['lag', 'matrix', 'audit', 'listen', 'theory'].flatMap((name) => [`--${name}-every`, '2']),
  ];
  const run = await dissipa(['train', text, ...size, ...probes, '--out', 'run'], folder);
  expect(run.code).toBe(0);
  const lines = readFileSync(join(folder, 'run/gradients.jsonl'), 'utf8').trimEnd().split('\n').slice(1);
  const steps = lines.map((line) => JSON.parse(line) as GradientStep);
  expect(steps.map(({ step }) => step)).toEqual([2, 4]);
  for (const step of steps) {
    expect(Object.keys(step).sort()).toEqual(['audit', 'layers', 'listen', 'matrix', 'step']);
    expect(Object.keys(step.layers[0])).toEqual(['layer', 'lagLog10', 'memory', 'theory', 'digitsFromLag']);
    // Signs of the text, not numbers of the alphabet.
    expect(step.listen?.symbols.join('')).toMatch(/\p{L}{2}/u);
  }

  // On the run's own text: the bundled corpus has symbols that this alphabet has not.
  const checked = await dissipa(['check', 'run', '--entries', '2'], folder);
  expect(checked).toMatchObject({ code: 0, stderr: '' });
  expect(checked.stdout).toContain("run (tanh 1×6), 2 sequences of 8 timesteps of the run's held-out text");

  const deep = await dissipa(['inspect', 'run', '--text', text, '--window', '8', '--deep', '--json'], folder);
  expect(Object.keys(JSON.parse(deep.stdout) as object)).toEqual([
    'model',
    'window',
    'loss',
    'layers',
    'audit',
    'direction',
    'matrix',
    'listen',
  ]);
});

test('errors in one line', { timeout: CLI_MS }, async () => {
  const wrong = await dissipa(['check', 'run', '--cell', 'gru'], folder);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toBe(
    '--cell: run is named, and this option goes with a fresh model; leave one of the two out\n',
  );
  const missing = await dissipa(['check', 'nowhere'], folder);
  expect([missing.code, missing.stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
});
