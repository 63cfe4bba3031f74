/** A run that an earlier version began goes on as it would have there, to the same losses. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI_MS, jsonLines, projectRoot, stepsIn, succeed, temporaryFolder } from './dissipa.js';

/**
 * Made by dissipa 0.1.0 before runs had version 2, in the reference engine: 60 steps, 4 rows of 12 timesteps on streams of
 * 183 predictions, so that four passes begin, each after 15 windows; held out are 81 characters.
 */
const VERSION_1 = join(projectRoot, 'tests/cli/fixtures/run-version-1');

/** Losses by step, to 12 digits: a newer Node may round a tanh otherwise. */
const figuresIn = (folder: string): unknown[] =>
  jsonLines(join(folder, 'metrics.jsonl')).map(({ step, lossNats, validationLossNats, predictions }) => [
    step,
    ...[lossNats, validationLossNats].map((nats) => (typeof nats === 'number' ? nats.toPrecision(12) : null)),
    predictions,
  ]);

test.each([
  ['from its checkpoint', true],
  ['from the beginning, where it was killed before there was one', false],
])('version 1: %s', { timeout: CLI_MS }, async (_, hasCheckpoint) => {
  const cwd = temporaryFolder();
  cpSync(VERSION_1, join(cwd, 'run'), { recursive: true });
  cpSync(join(VERSION_1, 'text.txt'), join(cwd, 'text.txt'));
  if (!hasCheckpoint) rmSync(join(cwd, 'run/step-20.safetensors'));
  await succeed(['train', '--resume', 'run'], cwd);
  expect(figuresIn(join(cwd, 'run'))).toEqual(figuresIn(VERSION_1));
  expect(stepsIn(join(cwd, 'run')).at(-1)).toBe(60);
  // It stays what it is.
  const info = JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8')) as { version: number };
  expect(info.version).toBe(1);
});
