/** A run that an earlier version began goes on as it would have there, to the same losses. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NEWEST_RUN, RUN_VERSIONS } from '../../src/train/state.js';
import { CLI_MS, jsonLines, projectRoot, stepsIn, succeed, temporaryFolder } from './dissipa.js';

/**
 * Made by dissipa 0.1.0 before runs had version 2, or 3, in the reference engine: 60 steps, 4 rows of 12 timesteps on
 * streams of 183 predictions, so that four passes begin, each after 15 windows; held out are 81 characters.
 */
const made = (version: number): string => join(projectRoot, `tests/cli/fixtures/run-version-${version}`);

/** Losses by step, to 12 digits: a newer Node may round a tanh otherwise. */
const figuresIn = (folder: string): unknown[] =>
  jsonLines(join(folder, 'metrics.jsonl')).map(({ step, lossNats, validationLossNats, predictions }) => [
    step,
    ...[lossNats, validationLossNats].map((nats) => (typeof nats === 'number' ? nats.toPrecision(12) : null)),
    predictions,
  ]);

const OLD = RUN_VERSIONS.filter((version) => version !== NEWEST_RUN);

test.each(
  OLD.flatMap((version) => [
    [version, 'from its checkpoint', true] as const,
    [version, 'from the beginning, where it was killed before there was one', false] as const,
  ]),
)('version %i: %s', { timeout: CLI_MS }, async (version, _, hasCheckpoint) => {
  const before = made(version);
  const cwd = temporaryFolder();
  cpSync(before, join(cwd, 'run'), { recursive: true });
  cpSync(join(before, 'text.txt'), join(cwd, 'text.txt'));
  if (!hasCheckpoint) rmSync(join(cwd, 'run/step-20.safetensors'));
  await succeed(['train', '--resume', 'run'], cwd);
  expect(figuresIn(join(cwd, 'run'))).toEqual(figuresIn(before));
  expect(stepsIn(join(cwd, 'run')).at(-1)).toBe(60);
  // It stays what it is.
  const info = JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8')) as { version: number };
  expect(info.version).toBe(version);
});
